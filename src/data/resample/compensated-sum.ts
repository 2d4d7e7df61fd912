/** Sum of values[start] to values[end - 1] with TwoSum compensation; NaN where any of them is. */
export function compensatedSum(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  let error = 0;
  for (let i = start; i < end; i++) {
    const x = values[i];
    const next = sum + x;
    const part = next - sum;
    error += sum - (next - part) + (x - part);
    sum = next;
  }
  return sum + error;
}
