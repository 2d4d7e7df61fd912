import { escapeTerminal } from "./escape.ts";

const TAB = "  ";

/** Text as a terminal shows it: tabs as two spaces, everything unsafe escaped. */
export function displayed(text: string): string {
  return text.split("\t").map(escapeTerminal).join(TAB);
}

/** Columns that displayed text takes in a terminal: two for wide characters, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const one of text) width += COMBINING.test(one) ? 0 : WIDE.test(one) ? 2 : 1;
  return width;
}

const COMBINING = /^[\p{Mn}\p{Me}]$/u;
// East Asian Wide and Fullwidth blocks of Unicode TR 11, and the characters shown as emoji.
const WIDE =
  /^[\u1100-\u115e\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u;
