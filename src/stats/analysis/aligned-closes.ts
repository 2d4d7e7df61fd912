/** Prices of a benchmark as of the bars of a run. */
export interface AlignedCloses {
  readonly close: Float64Array;
  /** Bars of the run on which the benchmark has no close of its own. */
  readonly missing: number;
}

/**
 * The last close that a benchmark had at each of `time`, and its first one before that. Missing closes (na) count as no bar.
 * @param time bars of the run, ascending, in the unit of the benchmark's
 */
export function alignedCloses(
  time: Float64Array,
  benchmark: { readonly time: Float64Array; readonly close: Float64Array },
): AlignedCloses {
  const close = new Float64Array(time.length);
  const first = benchmark.close.findIndex((price) => !Number.isNaN(price));
  let last = first < 0 ? Number.NaN : benchmark.close[first];
  let missing = 0;
  let at = 0;
  for (let i = 0; i < time.length; i++) {
    let own = false;
    for (; at < benchmark.time.length && benchmark.time[at] <= time[i]; at++) {
      if (Number.isNaN(benchmark.close[at])) continue;
      last = benchmark.close[at];
      own = benchmark.time[at] === time[i];
    }
    if (!own) missing++;
    close[i] = last;
  }
  return { close, missing };
}
