import type { IToken } from "chevrotain";
import type { SyntaxMistake } from "../../../diagnostics/index.ts";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";

/** Columns of one level of indentation; a tab is one. */
const LEVEL = 4;
const CLOSING = ['")"', '"]"'];
const FOREIGN = new Set(["let", "const", "elif", "elseif", "function", "def", "return", "end"]);

/**
 * What people who are new to the language, or who come from another one, most likely meant where a token stands that cannot; null
 * where nothing points to it. `expected` is what the parser says.
 */
export function mistakeAt(
  tokens: readonly IToken[],
  at: number,
  expected: string,
  source: string,
): SyntaxMistake | null {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token === undefined) return null;
  const first = firstOfLine(tokens, at, source);
  if (FOREIGN.has(first.image)) return { kind: "foreign", word: first.image };
  if (token.tokenType === Newline || token.tokenType === Indent) {
    if (/(?:\+\+|--)$/.test(source.slice(0, token.startOffset).trimEnd()))
      return { kind: "increment", name: first.image };
    if (expected === "a value") return { kind: "goes_on" };
    if (token.tokenType === Indent) return { kind: "stray_block" };
  }
  if (expected === "an indented block") return { kind: "no_block" };
  const opener = CLOSING.includes(expected) ? openBracket(tokens, at, source) : null;
  if (opener !== null && first === token) return { kind: "open_bracket", line: opener.line };
  if (opener?.call && isValue(before) && isValue(token)) return { kind: "comma" };
  if (token.tokenType === T.Equal) return { kind: "equal" };
  if (token.tokenType === T.Colon) return { kind: "colon" };
  if (token !== first) return null;
  const columns = columnsOf(source, token.startOffset);
  return columns % LEVEL === 0 ? null : { kind: "columns", columns };
}

function isValue(token: IToken | undefined): boolean {
  const type = token?.tokenType;
  return (
    type === T.Word ||
    type === T.NumberToken ||
    type === T.TextToken ||
    type === T.CloseParen ||
    type === T.CloseBracket
  );
}

/** The first word of the line, on which a line end or the begin of a block stands behind. */
function firstOfLine(tokens: readonly IToken[], at: number, source: string): IToken {
  let first = at;
  while (
    first > 0 &&
    !source.slice(tokens[first - 1].startOffset, tokens[at].startOffset).includes("\n")
  )
    first--;
  while (first < at && [Newline, Indent, Dedent].includes(tokens[first].tokenType)) first++;
  return tokens[first];
}

/** The bracket that is open at a token: its line, and whether it is that of a call. */
function openBracket(
  tokens: readonly IToken[],
  at: number,
  source: string,
): { readonly line: number; readonly call: boolean } | null {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const { tokenType, startOffset } = tokens[i];
    if (tokenType === T.CloseParen || tokenType === T.CloseBracket) depth++;
    if (tokenType !== T.OpenParen && tokenType !== T.OpenBracket) continue;
    if (depth === 0) {
      const line = source.slice(0, startOffset).split("\n").length;
      return { line, call: tokens[i - 1]?.tokenType === T.Word };
    }
    depth--;
  }
  return null;
}

function columnsOf(source: string, offset: number): number {
  let columns = 0;
  for (let i = source.lastIndexOf("\n", offset - 1) + 1; i < offset; i++)
    columns += source[i] === "\t" ? LEVEL - (columns % LEVEL) : 1;
  return columns;
}
