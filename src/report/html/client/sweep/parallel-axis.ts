/** One upright axis of parallel coordinates: where values stand, from 0 (bottom) to 1. */
export interface ParallelAxis {
  readonly name: string;
  readonly values: Float64Array;
  /** Which end is the better one. */
  readonly direction: "max" | "min";
  share(value: number): number;
  text(share: number): string;
}

export interface AxisScale {
  readonly logarithmic: boolean;
  /** Share of the values beyond which the ends are cut, so that a few do not squeeze the rest. */
  readonly cut: number;
  readonly direction?: "max" | "min";
  text(value: number): string;
}

/** An axis over the values of some rows. */
export function parallelAxis(
  name: string,
  values: Float64Array,
  rows: ArrayLike<number>,
  { logarithmic, cut, text, direction = "max" }: AxisScale,
): ParallelAxis {
  const known = Float64Array.from(rows, (row) => values[row]!)
    .filter((value) => Number.isFinite(value))
    .sort();
  const low = known[Math.floor(cut * (known.length - 1))] ?? 0;
  const high = known[Math.ceil((1 - cut) * (known.length - 1))] ?? 1;
  const log = logarithmic && low > 0;
  const to = log ? Math.log : (value: number) => value;
  const from = log ? Math.exp : (value: number) => value;
  const width = to(high) - to(low);
  return {
    ...{ name, values, direction },
    share: (value) => (width === 0 ? 0.5 : Math.max(0, Math.min(1, (to(value) - to(low)) / width))),
    text: (share) => text(from(to(low) + share * width)),
  };
}
