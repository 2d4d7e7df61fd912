import type { IToken } from "chevrotain";
import { Dedent, Indent, Newline } from "../lex/indentation.ts";
import {
  CloseBracket,
  CloseParen,
  Not,
  OpenBracket,
  OpenParen,
  Question,
  Sum,
} from "../lex/tokens.ts";

/** Deepest nesting of brackets, blocks and `?:` together. */
export const MAX_NESTING = 256;
/** Longest run of signs in front of an operand. */
const MAX_SIGNS = 64;

/**
 * The first token beyond the allowed nesting, or null. Counted before parsing, because the parser's own limit is the stack,
 * which moves with the engine.
 */
export function nestedTooDeep(tokens: readonly IToken[]): IToken | null {
  let brackets = 0;
  let blocks = 0;
  let choices = 0;
  let signs = 0;
  for (const token of tokens) {
    const type = token.tokenType;
    if (type === OpenParen || type === OpenBracket) brackets++;
    else if (type === CloseParen || type === CloseBracket) brackets = Math.max(0, brackets - 1);
    else if (type === Indent) blocks++;
    else if (type === Dedent) blocks--;
    else if (type === Question) choices++;
    else if (type === Newline) choices = 0;
    signs = type === Not || type.CATEGORIES?.includes(Sum) ? signs + 1 : 0;
    if (brackets + blocks + choices > MAX_NESTING || signs > MAX_SIGNS) return token;
  }
  return null;
}
