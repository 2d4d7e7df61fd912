import { CONSTANT, SCALE_BYTES, SHADOW_HEAD, STRETCH, WHOLE_A } from "../layout";

// What `shadows.ts` does, without SIMD: forms of 15 bits, two in a word of 32 bits.

/** Bars whose forms stand together: the word of a bar of their first half also has the bar as far into the second. */
export const BLOCK: i32 = 32;
/** Bytes of the words of a block. */
export const BLOCK_BYTES: usize = 64;

/** Steps between the least and the largest value of a stretch. */
const STEPS: f64 = 32765;
/** More steps per unit than this are as good as none. */
const MOST: f64 = 1e300;

/** As `scales` of `shadows.ts`. */
export function wordScales(out: usize, columns: usize, count: i32, chunk: i32, length: i32): void {
  let to = out;
  for (let from = 0; from < length; from += STRETCH) {
    const bars = min<i32>(STRETCH, length - from);
    // These pass over na.
    let least: f64 = Infinity;
    let largest: f64 = -Infinity;
    for (let k = 0; k < count; k++) {
      const entry = columns + ((<usize>k) << 3);
      const flags = load<i32>(entry, 4);
      const first = (flags & WHOLE_A) !== 0 ? chunk + from : from;
      const at = <usize>load<u32>(entry) + ((<usize>first) << 3);
      const end = at + ((<usize>((flags & CONSTANT) !== 0 ? 1 : bars)) << 3);
      for (let place = at; place < end; place += 8) {
        const x = load<f64>(place);
        if (x < least) least = x;
        if (x > largest) largest = x;
      }
    }
    const range = largest - least;
    const isRange = range > 0 && range < Infinity && STEPS / range < MOST;
    store<f64>(to, isRange ? least : 0);
    store<f64>(to, isRange ? STEPS / range : 0, 8);
    to += SCALE_BYTES;
  }
}

/** As `shadow` of `shadows.ts`; of a column that is one number throughout where `step` is 0, else 8. */
export function shadowWords(
  out: usize,
  source: usize,
  scale: usize,
  step: usize,
  length: i32,
): void {
  let missing: u32 = 0;
  let to = out + SHADOW_HEAD;
  let at = source;
  const half = step * (BLOCK >> 1);
  for (let from = 0; from < length; from += BLOCK) {
    const stretch = scale + <usize>(from >> 6) * SCALE_BYTES;
    const least = load<f64>(stretch);
    const perUnit = load<f64>(stretch, 8);
    // What stands behind the last bar is nobody's.
    let zero: f64 = 0;
    for (let k: usize = 0; k < BLOCK_BYTES; k += 4) {
      const a = load<f64>(at);
      const b = load<f64>(at + half);
      zero += a - a + (b - b);
      store<u32>(to + k, formOf(a, least, perUnit) | (formOf(b, least, perUnit) << 16));
      at += step;
    }
    if (zero !== 0) missing |= (<u32>1) << (from >> 5);
    at += half;
    to += BLOCK_BYTES;
  }
  store<u32>(out, missing);
}

function formOf(value: f64, least: f64, perUnit: f64): u32 {
  const place = (value - least) * perUnit;
  // The largest value may be rounded up to a little more than all steps.
  return place >= 0 && place < STEPS + 1 ? <u32>(<i32>place) : 0;
}
