import type { FunctionDeclaration, Span } from "../ast.ts";
import { parseScript } from "../parse/parse-script.ts";
import { BUILT_INS } from "./built-ins.ts";
import { TA_LIBRARY } from "./ta.ts";

/** Of what is written in the language but needs no import: no name that an import could have. */
export const OWN_LIBRARY = "built-ins";

/** Published libraries that are built in, without their version, and the own one. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ["TradingView/ta", TA_LIBRARY],
  [OWN_LIBRARY, BUILT_INS],
]);

const parsed = new Map<string, readonly FunctionDeclaration[]>();

/**
 * The functions of a built-in library, also those that it keeps to itself, in an order in which each knows those before it; or
 * null where there is no such library. What is said about them has the place of the import.
 *
 * @param path `TradingView/ta`
 */
export function libraryDeclarations(
  path: string,
  span: Span,
): readonly FunctionDeclaration[] | null {
  const source = SOURCES.get(path);
  if (source === undefined) return null;
  if (!parsed.has(path)) parsed.set(path, functionsIn(source));
  return parsed.get(path)!.map((one) => placedAt(one, span));
}

function functionsIn(source: string): readonly FunctionDeclaration[] {
  return parseScript(source).script.body.filter((one) => one.kind === "function_declaration");
}

/** A copy of a tree in which everything stands at one place. */
function placedAt<T>(node: T, span: Span): T {
  if (Array.isArray(node)) return node.map((one) => placedAt(one, span)) as T;
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.entries(node).map(([key, value]) => [key, placedAt(value, span)]);
  const place = "start" in node && "end" in node ? { start: span.start, end: span.end } : {};
  return { ...Object.fromEntries(copy), ...place } as T;
}
