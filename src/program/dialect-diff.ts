import type { IndicatorDefinition } from "../indicators/definition.ts";
import type { Dialect } from "../vector/kernel.ts";

/** How one output of an indicator in a dialect differs from TradingView's (`tv`) on the same bars. */
export interface DialectDiff {
  readonly dialect: Dialect;
  readonly output: string;
  /** Bars on which both are defined and the numbers differ by more than rounding (1e-12 relative). */
  readonly bars: number;
  /** Bars on which only one of the two is defined. */
  readonly naBars: number;
  /** First bar that differs in either way, -1 where none does. */
  readonly first: number;
  /** Largest |difference| where both are defined, and its bar; 0 and -1 where none differs. */
  readonly largest: number;
  readonly largestBar: number;
}

const ROUNDING = 1e-12;

/**
 * Where the dialects of an indicator differ from `tv`, one row per other dialect and output.
 * @param sources columns in the order of the definition
 * @param params numbers in the order of the definition, in range
 */
export function dialectDiff(
  definition: IndicatorDefinition,
  sources: readonly Float64Array[],
  params: readonly number[],
): DialectDiff[] {
  const columns = (dialect: Dialect): Float64Array[] => {
    const outputs = definition.outputs.map(() => new Float64Array(sources[0]!.length));
    definition.kernel(dialect)(sources, params, outputs);
    return outputs;
  };
  const tv = columns("tv");
  return definition.dialects
    .filter((dialect) => dialect !== "tv")
    .flatMap((dialect) => {
      const theirs = columns(dialect);
      return definition.outputs.map((output, k) => ({
        dialect,
        output,
        ...difference(tv[k]!, theirs[k]!),
      }));
    });
}

function difference(ours: Float64Array, theirs: Float64Array) {
  let bars = 0;
  let naBars = 0;
  let first = -1;
  let largest = 0;
  let largestBar = -1;
  for (let i = 0; i < ours.length; i++) {
    const a = ours[i]!;
    const b = theirs[i]!;
    const gap = Math.abs(a - b);
    if (Number.isNaN(a) !== Number.isNaN(b)) naBars++;
    else if (gap > ROUNDING * Math.max(Math.abs(a), Math.abs(b))) bars++;
    else continue;
    if (first < 0) first = i;
    if (gap > largest) {
      largest = gap;
      largestBar = i;
    }
  }
  return { bars, naBars, first, largest, largestBar };
}
