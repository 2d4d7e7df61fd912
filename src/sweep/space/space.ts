import { type Axis, countOf } from "./axis.ts";
import type { Formula } from "./expression.ts";
import type { SweptParam } from "./swept-param.ts";

/** How the points of a space are chosen. */
export type Sampling =
  | { readonly kind: "grid" }
  | {
      /** Each combination at most once; Latin hypercube; Sobol sequence. */
      readonly kind: "random" | "lhs" | "sobol";
      readonly samples: number;
      readonly seed: number;
    };

/** What one strategy is tried with. Nothing of it is materialised: points are made from their index. */
export interface Space {
  /** Of the program, in order of declaration: a row of values has as many. */
  readonly params: readonly SweptParam[];
  /** Those that vary, outermost loop first. */
  readonly axes: readonly Axis[];
  /** Conditions that every point meets. */
  readonly where: readonly Formula[];
  readonly sampling: Sampling;
}

/** Combinations of all axes, whether they meet the conditions or not. */
export function combinationsOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { values }) => product * countOf(values), 1);
}

/** A row of values with every parameter as it is where it is not swept. */
export function standardRow({ params }: Pick<Space, "params">): Float64Array {
  return Float64Array.from(params, ({ standard }) => standard);
}

export function meets(where: readonly Formula[], row: Float64Array, at: number): boolean {
  for (const formula of where) if (formula.evaluate(row, at) === 0) return false;
  return true;
}
