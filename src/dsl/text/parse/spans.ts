import type { IToken } from "chevrotain";
import type { Block, Name, Span, Statement } from "../ast.ts";

/** While the grammar is recorded there are no tokens. */
export function spanOf(token: IToken | undefined): Span {
  const { startOffset = 0, image = "" } = token ?? {};
  return { start: startOffset, end: startOffset + image.length };
}

export function nameOf(token: IToken): Name {
  return { ...spanOf(token), text: token.image };
}

export function join(first: IToken, last: IToken): Span {
  return { start: first.startOffset, end: spanOf(last).end };
}

export function around(start: Span | undefined, end: { readonly span: Span } | undefined): Span {
  const from = start ?? end?.span ?? { start: 0, end: 0 };
  return { start: from.start, end: end?.span?.end ?? from.end };
}

export function widen(span: Span | undefined, by: Span | undefined): Span {
  const known = span ?? by ?? { start: 0, end: 0 };
  return { start: Math.min(known.start, by?.start ?? known.start), end: known.end };
}

export function blockOf(statements: readonly Statement[], end: IToken): Block {
  const close = spanOf(end).end;
  const first = statements[0]?.span?.start ?? close;
  return { statements, start: first, end: statements.at(-1)?.span?.end ?? close };
}
