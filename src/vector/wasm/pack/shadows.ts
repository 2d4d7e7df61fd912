import { CONSTANT, SCALE_BYTES, SHADOW_HEAD, SHADOW_SINCE, STRETCH, WHOLE_A } from "../layout";
import { shadowWords, wordScales } from "./shadow-words";

/** Steps between the least and the largest value of a stretch, and what stands for the least. */
const STEPS: f64 = 65530;
const LEAST: f64 = -32765;
/** Added to a number between -2^31 and 2^31 it leaves the nearest whole one in the low 32 bits. */
const WHOLE: f64 = 6755399441055744;
/** More steps per unit than this are as good as none. */
const MOST: f64 = 1e300;

/**
 * The least value of columns that are compared with each other, and steps per unit, for each stretch of the chunk.
 *
 * @param columns two 32-bit numbers each: address, and {@link WHOLE_A} or {@link CONSTANT}
 */
export function scales(out: usize, columns: usize, count: i32, chunk: i32, length: i32): void {
  if (!ASC_FEATURE_SIMD) {
    wordScales(out, columns, count, chunk, length);
    return;
  }
  let to = out;
  for (let from = 0; from < length; from += STRETCH) {
    const bars = min<i32>(STRETCH, length - from);
    // These pass over na.
    let least = f64x2.splat(Infinity);
    let largest = f64x2.splat(-Infinity);
    for (let k = 0; k < count; k++) {
      const entry = columns + ((<usize>k) << 3);
      const flags = load<i32>(entry, 4);
      const first = (flags & WHOLE_A) !== 0 ? chunk + from : from;
      let at = <usize>load<u32>(entry) + ((<usize>first) << 3);
      const end = at + ((<usize>((flags & CONSTANT) !== 0 ? 1 : bars)) << 3);
      for (; at + 16 <= end; at += 16) {
        const x = v128.load(at);
        least = f64x2.pmin(least, x);
        largest = f64x2.pmax(largest, x);
      }
      if (at === end) continue;
      const x = v128.load64_splat(at);
      least = f64x2.pmin(least, x);
      largest = f64x2.pmax(largest, x);
    }
    const low = min<f64>(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
    const high = max<f64>(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
    const range = high - low;
    const isRange = range > 0 && range < Infinity && STEPS / range < MOST;
    store<f64>(to, isRange ? low : 0);
    store<f64>(to, isRange ? STEPS / range : 0, 8);
    to += SCALE_BYTES;
  }
}

/** {@link shadow} of a column that is one number throughout. */
export function flatShadow(out: usize, source: usize, scale: usize, length: i32): void {
  if (!ASC_FEATURE_SIMD) {
    shadowWords(out, source, scale, 0, length);
    return;
  }
  const value = load<f64>(source);
  const isMissing = value - value !== 0;
  let to = out + SHADOW_HEAD;
  let step = scale;
  for (let from = 0; from < length; from += STRETCH) {
    const place = (value - load<f64>(step)) * load<f64>(step, 8) + (WHOLE + LEAST);
    const all = i16x8.splat(<i16>reinterpret<i64>(place));
    for (let j: usize = 0; j < 2 * STRETCH; j += 16) v128.store(to + j, all);
    to += 2 * STRETCH;
    step += SCALE_BYTES;
  }
  store<u32>(out, isMissing ? 0xffffffff : 0);
  store<i32>(out, 0, SHADOW_SINCE);
}

/**
 * A column as whole numbers of 16 bits, which rise where its values rise and may be equal where those are not; the first
 * of its bars that is not na, and the stretches in which one behind it is, or is infinite.
 */
export function shadow(out: usize, source: usize, scale: usize, length: i32): void {
  if (!ASC_FEATURE_SIMD) {
    shadowWords(out, source, scale, 8, length);
    return;
  }
  let missing: u32 = 0;
  let since = 0;
  let to = out + SHADOW_HEAD;
  let at = source;
  let step = scale;
  const whole = f64x2.splat(WHOLE + LEAST);
  for (let from = 0; from < length; from += STRETCH) {
    const low = v128.load64_splat(step);
    const perUnit = v128.load64_splat(step, 8);
    // What stands behind the last bar is nobody's.
    let zero = f64x2.splat(0);
    for (let j = 0; j < STRETCH; j += 8) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      zero = f64x2.add(zero, f64x2.add(f64x2.sub(a, a), f64x2.sub(b, b)));
      zero = f64x2.add(zero, f64x2.add(f64x2.sub(c, c), f64x2.sub(d, d)));
      const first = v128.shuffle<i32>(
        f64x2.add(f64x2.mul(f64x2.sub(a, low), perUnit), whole),
        f64x2.add(f64x2.mul(f64x2.sub(b, low), perUnit), whole),
        0,
        2,
        4,
        6,
      );
      const second = v128.shuffle<i32>(
        f64x2.add(f64x2.mul(f64x2.sub(c, low), perUnit), whole),
        f64x2.add(f64x2.mul(f64x2.sub(d, low), perUnit), whole),
        0,
        2,
        4,
        6,
      );
      v128.store(to, i16x8.narrow_i32x4_s(first, second));
      at += 64;
      to += 16;
    }
    const all = f64x2.extract_lane(zero, 0) + f64x2.extract_lane(zero, 1);
    if (all !== 0) {
      const end = min<i32>(from + STRETCH, length);
      const first = since === from ? firstDefined(source, from, end) : from;
      if (since === from) since = first;
      if (hasGap(source, first, end)) missing |= (<u32>1) << (from >> 6);
    }
    step += SCALE_BYTES;
  }
  store<u32>(out, missing);
  store<i32>(out, since, SHADOW_SINCE);
}

/** The first bar that is not na, or `end`. */
function firstDefined(column: usize, from: i32, end: i32): i32 {
  let i = from;
  while (i < end && !(load<f64>(column + ((<usize>i) << 3)) <= Infinity)) i++;
  return i;
}

/** Whether a bar is na or infinite. */
function hasGap(column: usize, from: i32, end: i32): bool {
  for (let i = from; i < end; i++) {
    const x = load<f64>(column + ((<usize>i) << 3));
    if (x - x !== 0) return true;
  }
  return false;
}
