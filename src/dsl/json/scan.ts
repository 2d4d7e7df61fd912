import { createScanner } from "jsonc-parser";
import { type Diagnostic, diagnose, type SourceText } from "../../diagnostics/index.ts";
import { LIMITS } from "../limits.ts";

/**
 * The first limit of depth or size that a text breaks, found token by token without recursion, so that
 * nothing behind it ever sees a document that could exhaust the stack.
 */
export function scanLimits(text: SourceText): Diagnostic | null {
  const scanner = createScanner(text.text, true);
  const open: number[] = [];
  let nodes = 0;
  for (let token: number = scanner.scan(); token !== Token.end; token = scanner.scan()) {
    nodes += NODES[token] ?? 0;
    const closing = CLOSED_BY[token];
    if (closing !== undefined) open.push(closing);
    else if (token === open.at(-1)) open.pop();
    const broken = brokenLimit(open.length, nodes);
    if (broken === null) continue;
    const span = text.span(scanner.getTokenOffset(), scanner.getTokenLength());
    const file = text.file === undefined ? {} : { file: text.file };
    return diagnose(broken[0], { limit: broken[1] }, { ...file, span });
  }
  return null;
}

function brokenLimit(depth: number, nodes: number) {
  if (depth > LIMITS.depth) return ["document_too_deep", LIMITS.depth] as const;
  if (nodes > LIMITS.nodes) return ["document_too_many_nodes", LIMITS.nodes] as const;
  return null;
}

// jsonc-parser's SyntaxKind, a `const enum` that isolated modules cannot import.
const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  unknown: 16,
  end: 17,
} as const;

// A closing bracket of the other sort closes nothing: the parser stays as deep as it was.
const CLOSED_BY: Readonly<Record<number, number>> = {
  [Token.openBrace]: Token.closeBrace,
  [Token.openBracket]: Token.closeBracket,
};

// A colon takes back the property name in front of it, which was counted as a string.
const NODES: Readonly<Record<number, number>> = {
  [Token.openBrace]: 1,
  [Token.openBracket]: 1,
  [Token.null]: 1,
  [Token.true]: 1,
  [Token.false]: 1,
  [Token.string]: 1,
  [Token.number]: 1,
  [Token.unknown]: 1,
  [Token.colon]: -1,
};
