/** Whether a value is missing to the kernels: NaN, and ±Infinity too, so that none reaches a result. */
export function isNa(value: number): boolean {
  return value - value !== 0;
}

/** First bar at or after `from` with a value, or the length. */
export function firstDefined(source: Float64Array, from = 0): number {
  let i = from;
  while (i < source.length && isNa(source[i])) i++;
  return i;
}

/** First bar at or after `from` without a value, or the length. */
export function firstNa(source: Float64Array, from = 0): number {
  let i = from;
  while (i < source.length && !isNa(source[i])) i++;
  return i;
}

export function countDefined(source: Float64Array, from = 0): number {
  let count = 0;
  for (let i = from; i < source.length; i++) if (!isNa(source[i])) count++;
  return count;
}
