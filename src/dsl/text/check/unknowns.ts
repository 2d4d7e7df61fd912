import type { Span } from "../ast.ts";
import type { CoreExpr } from "../core.ts";
import type { Value } from "./types.ts";

/** Most reasons that one value is told to have. */
const MAX_REASONS = 8;

/** What cannot be computed, for more than one reason: a value in which all of them are found, each once. */
export class Unknowns {
  readonly #reasons = new Map<CoreExpr, readonly CoreExpr[]>();

  /** Of values of which at least one is unknown. */
  joined(values: readonly Value[], span: Span): Value {
    const unknown = values.filter(({ type }) => type === "unknown");
    if (unknown.length === 1) return unknown[0]!;
    const all = new Set(unknown.flatMap(({ expr }) => this.#reasons.get(expr) ?? [expr]));
    const args = [...all].slice(0, MAX_REASONS);
    if (args.length === 1) return { type: "unknown", expr: args[0]! };
    const expr: CoreExpr = {
      kind: "math",
      fn: "max",
      args,
      type: "float",
      qualifier: "const",
      span,
    };
    this.#reasons.set(expr, args);
    return { type: "unknown", expr };
  }
}
