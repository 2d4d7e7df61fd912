/**
 * Text made safe for a terminal and for a single line: control characters, bidi and other invisible format
 * characters and lone surrogates appear as escapes (`\n`, `\u{202e}`). Everything else stays as it is.
 */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (one) => SHORT[one] ?? `\\u{${one.codePointAt(0)!.toString(16)}}`);
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// Cc, Cf (bidi marks and overrides, zero-width characters, tags), Zl, Zp, lone surrogates; and the Hangul
// fillers, which are letters that show nothing.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/** Text made safe between the tags and in the quoted attributes of a page; invisible characters as above. */
export function escapeHtml(text: string): string {
  return escapeTerminal(text).replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
