/**
 * Returns of equity over blocks of bars of one length, at most `most` of them, for methods that compare many runs in bounded
 * memory. Bars that do not fill a block count to the first. Na from the first block on that ends at or below 0.
 */
export function blockReturns(equity: Float64Array, cash: number, most: number): Float64Array {
  const size = Math.max(1, Math.ceil(equity.length / most));
  const blocks = Math.floor(equity.length / size);
  const returns = new Float64Array(blocks);
  let previous = cash;
  for (let k = 0; k < blocks; k++) {
    const now = equity[equity.length - 1 - (blocks - 1 - k) * size]!;
    if (!(now > 0)) return returns.fill(Number.NaN, k);
    returns[k] = now / previous - 1;
    previous = now;
  }
  return returns;
}
