// AssemblyScript, which `scripts/generate/rolling-simd.ts` compiles.

/**
 * Puts the more extreme of the last `period` values in the place of each value from the `period`-th on; `sign` 1: the
 * largest, -1: the least. Those before it are spoilt.
 *
 * Windows of w values become windows of up to 4w by four of them, the last of which may overlap the others. There is no
 * branch on a value, for random prices make the processor guess those wrong. Of equal values the latest counts.
 *
 * @param values with room for two more in front, and 0 behind
 * @returns 0, or NaN where one is na
 */
export function extremes(values: usize, count: i32, period: i32, sign: i32): f64 {
  const end = values + ((<usize>count) << 3);
  const zero = zeroUnlessNa(values, end);
  let width = 1;
  while (width < period) {
    const next = min<i32>(4 * width, period);
    const from = values + ((<usize>(next - 1)) << 3);
    const one = (<usize>width) << 3;
    const last = (<usize>(next - width)) << 3;
    if (next > 2 * width) joinFour(from, end, one, min<usize>(2 * one, last), last, sign);
    else joinTwo(from, end, last, sign);
    width = next;
  }
  return zero;
}

function zeroUnlessNa(from: usize, end: usize): f64 {
  let zero = f64x2.splat(0);
  for (let at = from; at < end; at += 16) {
    const pair = v128.load(at);
    zero = f64x2.add(zero, f64x2.sub(pair, pair));
  }
  return f64x2.extract_lane(zero, 0) + f64x2.extract_lane(zero, 1);
}

// From behind, so that what is read is not yet written; the first pair may begin one value early.

function joinTwo(from: usize, end: usize, back: usize, sign: i32): void {
  if (sign > 0) {
    for (let at = end - 16; at + 8 >= from; at -= 16) {
      v128.store(at, f64x2.pmax(v128.load(at), v128.load(at - back)));
    }
  } else {
    for (let at = end - 16; at + 8 >= from; at -= 16) {
      v128.store(at, f64x2.pmin(v128.load(at), v128.load(at - back)));
    }
  }
}

function joinFour(from: usize, end: usize, one: usize, two: usize, three: usize, sign: i32): void {
  if (sign > 0) {
    for (let at = end - 16; at + 8 >= from; at -= 16) {
      const late = f64x2.pmax(v128.load(at), v128.load(at - one));
      const early = f64x2.pmax(v128.load(at - two), v128.load(at - three));
      v128.store(at, f64x2.pmax(late, early));
    }
  } else {
    for (let at = end - 16; at + 8 >= from; at -= 16) {
      const late = f64x2.pmin(v128.load(at), v128.load(at - one));
      const early = f64x2.pmin(v128.load(at - two), v128.load(at - three));
      v128.store(at, f64x2.pmin(late, early));
    }
  }
}
