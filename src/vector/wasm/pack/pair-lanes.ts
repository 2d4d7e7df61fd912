// Numbers of two trials side by side, as two lanes of a vector.

/** A number of both trials. */
export function both(a: usize, b: usize, offset: usize): v128 {
  return v128.load64_lane(b + offset, v128.load64_splat(a + offset), 1);
}

/** Numbers of a column on two bars. */
export function at(column: usize, a: i32, b: i32): v128 {
  return both(column + ((<usize>a) << 3), column + ((<usize>b) << 3), 0);
}

export function keep(a: usize, b: usize, offset: usize, value: v128): void {
  v128.store64_lane(a + offset, value, 0);
  v128.store64_lane(b + offset, value, 1);
}

/** What TwoSum leaves over of `a + x`. */
export function rest(a: v128, x: v128, sum: v128): v128 {
  const b = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, b)), f64x2.sub(x, b));
}

/** All bits where a number is negative. */
export function negative(a: i32, b: i32): v128 {
  return i64x2.replace_lane(i64x2.splat(<i64>(a >> 31)), 1, <i64>(b >> 31));
}

/** The largest close of the chunk, in both lanes. */
export function largestClose(largest: usize, length: i32): v128 {
  const level = 31 - <i32>clz(length);
  const at = largest + ((<usize>level) << 13);
  const second = at + ((<usize>(length - (1 << level))) << 3);
  return f64x2.pmax(v128.load64_splat(at), v128.load64_splat(second));
}

/** The least closes of two stretches of bars. */
export function leastCloses(least: usize, fromA: i32, toA: i32, fromB: i32, toB: i32): v128 {
  const levelA = 31 - <i32>clz(toA - fromA);
  const levelB = 31 - <i32>clz(toB - fromB);
  const a = least + ((<usize>levelA) << 13);
  const b = least + ((<usize>levelB) << 13);
  const begins = both(a + ((<usize>fromA) << 3), b + ((<usize>fromB) << 3), 0);
  const ends = both(
    a + ((<usize>(toA - (1 << levelA))) << 3),
    b + ((<usize>(toB - (1 << levelB))) << 3),
    0,
  );
  return f64x2.pmin(begins, ends);
}
