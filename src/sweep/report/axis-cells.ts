/** Cells of a parameter that takes any number of a range. */
const REAL_CELLS = 40;

/** How a parameter's values fall into cells: the lowest value of each, ascending. */
export interface CellRange {
  readonly distinct: readonly number[];
  /** Any number of a range, evenly or by its logarithm; null where the values are listed. */
  readonly real: { readonly logarithmic: boolean } | null;
}

/** The values that occur, ascending; na left out. */
export function distinctValues(values: Float64Array): number[] {
  const seen = new Set<number>();
  for (const value of values) if (!Number.isNaN(value)) seen.add(value);
  return [...seen].sort((a, b) => a - b);
}

/** At most `most` cells: one per value, or several values in each. */
export function axisCells({ distinct, real }: CellRange, most: number): number[] {
  if (real === null || distinct.length <= Math.min(most, REAL_CELLS)) {
    const cells = Math.min(most, distinct.length);
    return Array.from(
      { length: cells },
      (_, cell) => distinct[Math.ceil((cell * distinct.length) / cells)]!,
    );
  }
  const cells = Math.min(most, REAL_CELLS);
  const [low, high] = [distinct[0]!, distinct.at(-1)!];
  const at = real.logarithmic
    ? (share: number) => low * (high / low) ** share
    : (share: number) => low + share * (high - low);
  return Array.from({ length: cells }, (_, cell) => at(cell / cells));
}
