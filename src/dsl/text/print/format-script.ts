import type { IToken } from "chevrotain";
import { SourceText } from "../../../diagnostics/index.ts";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import { type Lexed, lex } from "../lex/lex.ts";
import { Import } from "../lex/tokens.ts";
import { spaced, typeAngles, unarySigns } from "./spacing.ts";

const LEVEL = "    ";
/** Not a multiple of four, which is what makes a line go on with the one before it. */
const CONTINUED = "  ";

/** A line of the source that has code or a comment in it. */
interface Line {
  readonly tokens: IToken[];
  comment: IToken | undefined;
  /** Blocks around it; of a comment alone, where it stood. */
  level: number;
  continued: boolean;
}

/**
 * A script in the house style: four spaces a level, two more for a line that goes on, single spaces around operators and behind
 * commas, at most one blank line, no space at the end of lines, one line end at the end. Line breaks and comments stay where they
 * are. Formatting again changes nothing, and never the meaning. The text must be free of syntax errors.
 */
export function formatScript(source: string): string {
  const lexed = lex(source);
  const text = new SourceText(source);
  const begun = textLines(lexed, text);
  const lines = linesOf(lexed, text, begun);
  const code = lexed.tokens.filter((token) => token.image.trim() !== "");
  const marks = { signs: unarySigns(code), angles: typeAngles(code) };
  const last = Math.max(-1, ...lines.keys());
  const out: string[] = [];
  for (let number = 0; number <= last; number++) {
    const line = lines.get(number);
    const blank = line === undefined;
    if (begun.has(number)) continue;
    if (blank && (out.length === 0 || out.at(-1) === "")) continue;
    out.push(blank ? "" : printed(line, marks));
    number += (line?.comment?.image.split("\n").length ?? 1) - 1;
  }
  return out.length === 0 ? "" : `${out.join("\n")}\n`;
}

/** Lines in which a text of an earlier line goes on, and the line that it began in. They are printed as they stand. */
function textLines({ tokens }: Lexed, text: SourceText): ReadonlyMap<number, number> {
  const begun = new Map<number, number>();
  for (const { image, startOffset } of tokens) {
    const further = image.split("\n").length - 1;
    if (further === 0 || image.trim() === "") continue;
    const first = text.position(startOffset).line - 1;
    for (let k = 1; k <= further; k++) begun.set(first + k, begun.get(first) ?? first);
  }
  return begun;
}

/** The lines by their number from 0. */
function linesOf(
  { tokens, comments }: Lexed,
  text: SourceText,
  begun: ReadonlyMap<number, number>,
): Map<number, Line> {
  const lines = new Map<number, Line>();
  const at = (token: IToken) => {
    const number = text.position(token.startOffset).line - 1;
    return begun.get(number) ?? number;
  };
  let level = 0;
  let begins = true;
  for (const token of tokens) {
    const { tokenType } = token;
    if (tokenType === Indent) level++;
    else if (tokenType === Dedent) level--;
    if (tokenType === Indent || tokenType === Dedent || tokenType === Newline) {
      begins = true;
      continue;
    }
    const number = at(token);
    const line = lines.get(number) ?? { tokens: [], comment: undefined, level, continued: !begins };
    line.tokens.push(token);
    lines.set(number, line);
    begins = false;
  }
  placeComments(comments, lines, at, text);
  return lines;
}

/** A comment alone in its line goes with the code below it, or with the block above where it is indented like that. */
function placeComments(
  comments: readonly IToken[],
  lines: Map<number, Line>,
  at: (token: IToken) => number,
  text: SourceText,
): void {
  const code = [...lines.keys()].sort((a, b) => a - b);
  let next = 0;
  for (const comment of comments) {
    const number = at(comment);
    const line = lines.get(number);
    if (line !== undefined) {
      line.comment = comment;
      continue;
    }
    while (next < code.length && code[next]! < number) next++;
    const below = lines.get(code[next] ?? -1);
    const above = lines.get(code[next - 1] ?? -1);
    const { line: named, column } = text.position(comment.startOffset);
    const margin = text
      .line(named)
      .slice(0, column - 1)
      .replaceAll("\t", LEVEL);
    const stood = Math.round(margin.length / LEVEL.length);
    const deepest = Math.max(above?.level ?? 0, below?.level ?? 0);
    const level = below?.continued
      ? below.level
      : Math.min(deepest, Math.max(stood, below?.level ?? 0));
    lines.set(number, { tokens: [], comment, level, continued: below?.continued ?? false });
  }
}

interface Marks {
  readonly signs: ReadonlySet<IToken>;
  readonly angles: ReadonlySet<IToken>;
}

function printed({ tokens, comment, level, continued }: Line, { signs, angles }: Marks): string {
  let line = LEVEL.repeat(level) + (continued ? CONTINUED : "");
  const path = tokens[0]?.tokenType === Import;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const joins = path && (token.image === "/" || before?.image === "/");
    if (before !== undefined && !joins && spaced(before, token, signs, angles)) line += " ";
    line += token.image;
  }
  if (comment === undefined) return line;
  const separator = tokens.length === 0 ? "" : " ";
  return `${line}${separator}${comment.image.trimEnd()}`;
}
