/** Weights of `alma`, the oldest first. Their sum is 1. */
export function gaussian(period: number, center: number, sigma: number): Float64Array {
  const middle = center * (period - 1);
  const width = period / sigma;
  const weights = new Float64Array(period);
  let sum = 0;
  for (let i = 0; i < period; i++) {
    weights[i] = Math.exp(-((i - middle) * (i - middle)) / (2 * width * width));
    sum += weights[i];
  }
  for (let i = 0; i < period; i++) weights[i] /= sum;
  return weights;
}
