import type { ChainPass, Environment, LoopFunction } from "../unit.ts";
import { prefixOf } from "./chain-prefix.ts";

export const EMPTY = new Float64Array(0);

/** Bars per call of a generated loop: V8 enters code that it compiled whole. */
export const PIECE = 4096;

/**
 * Fills the columns of a pass; false where values are missing, or too few, which each indicator has its own rules for: what is in
 * the columns then is of no use.
 *
 * @param periods by place, the lengths as the indicators take them
 * @param tests the loop of the tests, for the first bars of a pass that makes their bits too
 */
export function runPass(
  { nodes, outputs, tested }: ChainPass,
  loop: LoopFunction,
  environment: Environment,
  periods: ReadonlyMap<number, number>,
  tests: LoopFunction | null,
): boolean {
  const { C, n } = environment;
  const prefix = prefixOf(nodes, C, n, periods);
  if (prefix === null) return false;
  const state = new Float64Array(prefix.carried.length + 1);
  state.set(prefix.carried);
  for (const { node, column } of outputs) C[column]!.set(prefix.values[node]!);
  if (tested !== null) {
    for (const { node, column } of tested) C[column] = prefix.values[node]!;
    tests!(0, prefix.length, environment);
    for (const { column } of tested) C[column] = EMPTY;
  }
  for (let from = prefix.length; from < n; from += PIECE) {
    const to = Math.min(n, from + PIECE);
    (loop as (b: number, n: number, E: Environment, M: Float64Array) => void)(
      from,
      to,
      environment,
      state,
    );
    // What is missing once stays in the averages and in the sum.
    if (state[state.length - 1] !== 0 || !state.every((each) => each - each === 0)) return false;
  }
  return true;
}
