/** From the worst to the best value that is shown. */
export interface HeatScale {
  readonly worst: number;
  readonly best: number;
  /** Cell of the best value, -1 where nothing is defined. */
  readonly bestCell: number;
  /** 0 at the worst, 1 at the best. */
  share(value: number): number;
}

/** The scale ends at the 5th percentile, so that one ruinous corner does not leave the rest in one colour. */
export function heatScale({
  cells,
  direction,
}: {
  readonly cells: Float64Array;
  readonly direction: "max" | "min";
}): HeatScale {
  const sign = direction === "max" ? 1 : -1;
  const sorted = cells
    .filter((value) => !Number.isNaN(value))
    .map((value) => sign * value)
    .sort();
  const best = sorted.at(-1) ?? Number.NaN;
  const worst = sorted[Math.floor(sorted.length / 20)] ?? Number.NaN;
  return {
    worst: sign * worst,
    best: sign * best,
    bestCell: cells.findIndex((value) => sign * value === best),
    share: (value) =>
      best === worst ? 1 : Math.max(0, Math.min(1, (sign * value - worst) / (best - worst))),
  };
}
