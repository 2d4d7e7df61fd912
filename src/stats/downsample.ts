/** Fewest points that hold the first, the last, the lowest and the highest value. */
export const MIN_SAMPLES = 4;

/**
 * Indices of `points` values that keep a curve's extremes: the first and last value, and the lowest and highest
 * of each of equal stretches, so the global ones too. Ascending; all indices where there are no more than `points`.
 * @param points at least {@link MIN_SAMPLES}
 */
export function downsample(values: Float64Array, points: number): Int32Array {
  const { length } = values;
  if (!(Number.isInteger(points) && points >= MIN_SAMPLES)) {
    throw new RangeError(`points must be a whole number from ${MIN_SAMPLES} up, not ${points}`);
  }
  if (length <= points) return Int32Array.from({ length }, (_, i) => i);
  const kept = new Uint8Array(length);
  kept[0] = kept[length - 1] = 1;
  const buckets = (points - 2) >>> 1;
  for (let bucket = 0; bucket < buckets; bucket++) {
    keepExtremes(
      values,
      Math.floor((bucket * length) / buckets),
      Math.floor(((bucket + 1) * length) / buckets),
      kept,
    );
  }
  fillUp(kept, points);
  return collect(kept);
}

function keepExtremes(values: Float64Array, from: number, to: number, kept: Uint8Array): void {
  let low = from;
  let high = from;
  for (let i = from + 1; i < to; i++) {
    if (values[i] < values[low]) low = i;
    if (values[i] > values[high]) high = i;
  }
  kept[low] = kept[high] = 1;
}

/** Spends points left over (an extreme that was an end, a level stretch) evenly along the curve. */
function fillUp(kept: Uint8Array, points: number): void {
  const missing = points - kept.reduce((sum, each) => sum + each, 0);
  for (let k = 0; k < missing; k++) {
    let at = Math.floor(((k + 0.5) * kept.length) / missing);
    while (kept[at] === 1) at = at + 1 === kept.length ? 0 : at + 1;
    kept[at] = 1;
  }
}

function collect(kept: Uint8Array): Int32Array {
  const indices: number[] = [];
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) indices.push(i);
  return Int32Array.from(indices);
}
