// AssemblyScript, which `scripts/generate/rolling-simd.ts` compiles.

/**
 * `joinBlocks` of `../deviation.ts`, step by step, with both sums side by side and two bars at a time. The first `period`
 * values are the block before the first window's end but one; a result takes the place of its window's first value.
 *
 * @param tails room for `period` pairs of sums
 * @returns 0, or NaN where a value is na or squares overflow
 */
export function deviations(
  values: usize,
  tails: usize,
  count: i32,
  period: i32,
  divisor: f64,
  floor: f64,
  below: f64,
  rooted: i32,
): f64 {
  const size = <f64>period;
  const sizes = f64x2.splat(size);
  const divisors = f64x2.splat(divisor);
  const floors = f64x2.splat(floor);
  const belows = f64x2.splat(below);
  const bytes = (<usize>period) << 3;
  const end = values + ((<usize>count) << 3);
  let zero: f64 = 0;
  for (let block = values + bytes; block <= end; block += bytes) {
    const pivot = v128.load64_splat(block - 8);
    sumTails(block, tails, bytes, pivot);
    const last = min<usize>(end, block + bytes - 8);
    let out = block - bytes;
    let tail = tails;
    let sums = f64x2.splat(0);
    // The window that is the block before; then one more value of this block each.
    let one = v128.load(tail);
    let at = block;
    while (true) {
      let two = one;
      if (at < last) {
        sums = f64x2.add(sums, powers(at, pivot));
        tail += 16;
        two = f64x2.add(sums, v128.load(tail));
      }
      const s = v128.shuffle<f64>(one, two, 0, 2);
      const q = v128.shuffle<f64>(one, two, 1, 3);
      let v = f64x2.sub(f64x2.mul(sizes, q), f64x2.mul(s, s));
      v = v128.bitselect(v, f64x2.mul(f64x2.abs(v), belows), f64x2.ge(v, floors));
      v = f64x2.div(v, divisors);
      if (rooted) v = f64x2.sqrt(v);
      v128.store64_lane(out, v, 0);
      if (at >= last) break;
      v128.store64_lane(out + 8, v, 1);
      out += 16;
      at += 8;
      if (at >= last) break;
      sums = f64x2.add(sums, powers(at, pivot));
      tail += 16;
      one = f64x2.add(sums, v128.load(tail));
      at += 8;
    }
    zero += 0 * (size * (f64x2.extract_lane(sums, 1) + load<f64>(tails, 8)));
  }
  return zero;
}

/** The sums over the block that ends at `end`, without its first values: none of them, one, two … */
function sumTails(end: usize, tails: usize, bytes: usize, pivot: v128): void {
  let sums = f64x2.splat(0);
  let tail = tails + 2 * bytes;
  for (let at = end; at > end - bytes; ) {
    at -= 8;
    tail -= 16;
    sums = f64x2.add(sums, powers(at, pivot));
    v128.store(tail, sums);
  }
}

/** d and d² of a value. */
function powers(at: usize, pivot: v128): v128 {
  const d = f64x2.sub(v128.load64_splat(at), pivot);
  return f64x2.mul(d, v128.shuffle<f64>(f64x2.splat(1), d, 0, 2));
}
