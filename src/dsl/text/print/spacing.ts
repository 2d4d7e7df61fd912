import type { IToken } from "chevrotain";
import {
  CloseBracket,
  CloseParen,
  ColorToken,
  Comma,
  Dot,
  False,
  Greater,
  Less,
  Minus,
  NumberToken,
  OpenBracket,
  OpenParen,
  Plus,
  TextToken,
  True,
  Word,
} from "../lex/tokens.ts";

/** Tokens that a value can end with: a sign behind them is an operator, a bracket an index or a call. */
const VALUE_ENDS = [
  Word,
  NumberToken,
  TextToken,
  ColorToken,
  True,
  False,
  CloseParen,
  CloseBracket,
];

/** Whether a space stands between two tokens of a line; `signs` are the unary ones, `angles` the `<` and `>` of types. */
export function spaced(
  before: IToken,
  token: IToken,
  signs: ReadonlySet<IToken>,
  angles: ReadonlySet<IToken>,
): boolean {
  const left = before.tokenType;
  const right = token.tokenType;
  if (angles.has(token)) return false;
  if (angles.has(before)) return before.tokenType === Greater && right !== OpenParen;
  if (signs.has(before)) return false;
  if (left === OpenParen || left === OpenBracket || left === Dot) return false;
  if (right === CloseParen || right === CloseBracket || right === Comma || right === Dot)
    return false;
  if (right === OpenParen) return left !== Word;
  if (right === OpenBracket) return !VALUE_ENDS.includes(left);
  return true;
}

/** The signs in front of an operand. */
export function unarySigns(tokens: readonly IToken[]): Set<IToken> {
  const signs = new Set<IToken>();
  for (const [i, token] of tokens.entries()) {
    const sign = token.tokenType === Minus || token.tokenType === Plus;
    const before = tokens[i - 1]?.tokenType;
    if (sign && (before === undefined || !VALUE_ENDS.includes(before))) signs.add(token);
  }
  return signs;
}

/** The angle brackets of `array.new<float>(…)` and `map<string, float> m`. */
export function typeAngles(tokens: readonly IToken[]): Set<IToken> {
  const angles = new Set<IToken>();
  for (const [i, token] of tokens.entries()) {
    if (token.tokenType !== Less || tokens[i - 1]?.tokenType !== Word || angles.has(token))
      continue;
    const inside = insideAngles(tokens, i);
    for (const one of inside) angles.add(one);
  }
  return angles;
}

/** The angle brackets from the one at `start` to its partner, where only a type stands between and a type can stand here. */
function insideAngles(tokens: readonly IToken[], start: number): IToken[] {
  const found: IToken[] = [];
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const { tokenType } = tokens[i]!;
    if (tokenType === Less || tokenType === Greater) {
      found.push(tokens[i]!);
      depth += tokenType === Less ? 1 : -1;
      if (depth > 0) continue;
      const next = tokens[i + 1]?.tokenType;
      const declares = next === Word && tokens[i + 2]?.tokenType !== OpenParen;
      return next === OpenParen || declares ? found : [];
    }
    const isType = [Word, Comma, OpenBracket, CloseBracket].includes(tokenType);
    if (!isType) return [];
  }
  return [];
}
