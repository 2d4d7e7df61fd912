import {
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
  RELATION_SINCE,
  SHADOW_HEAD,
  SHADOW_SINCE,
  STRETCH,
} from "../layout";
import { relateWords, unfold } from "./relation-words";

const EVERY: u64 = -1;

/**
 * How column a stands to column b: greater, equal, both defined. Their forms of 16 bits decide where they can: rounding
 * is monotone, so only what is equal there is compared again. Where all is defined and nothing equal, only `greater` is
 * written.
 */
export function relate(out: usize, a: usize, b: usize, a16: usize, b16: usize, length: i32): void {
  store<i32>(out, 1, RELATION_PLAIN);
  if (ASC_FEATURE_SIMD) relateShadows(out, a, b, a16, b16, length);
  else relateWords(out, a, b, a16, b16, length);
}

/**
 * Bars of `p` that are less than those of `q`, 64 of them, as bytes of 16 whose signs tell: differences keep their signs
 * where they are cut to 16 and to 8 bits, and are 0 where bars are equal.
 */
function lessBytes(p: usize, q: usize, at: usize): v128 {
  const low = i16x8.sub_sat_s(v128.load(p + at), v128.load(q + at));
  const high = i16x8.sub_sat_s(v128.load(p + at, 16), v128.load(q + at, 16));
  return i8x16.narrow_i16x8_s(low, high);
}

/** Bits past the last bar are whatever stood there. */
function relateShadows(out: usize, a: usize, b: usize, a16: usize, b16: usize, length: i32): void {
  const missing = load<u32>(a16) | load<u32>(b16);
  const since = max<i32>(load<i32>(a16, SHADOW_SINCE), load<i32>(b16, SHADOW_SINCE));
  store<i32>(out, since, RELATION_SINCE);
  let p = a16 + SHADOW_HEAD;
  let q = b16 + SHADOW_HEAD;
  let to = out + RELATION_GREATER;
  for (let from = 0; from < length; from += STRETCH) {
    const less0 = lessBytes(p, q, 0);
    const less1 = lessBytes(p, q, 32);
    const less2 = lessBytes(p, q, 64);
    const less3 = lessBytes(p, q, 96);
    const low = <u32>i8x16.bitmask(less0) | ((<u32>i8x16.bitmask(less1)) << 16);
    const high = <u32>i8x16.bitmask(less2) | ((<u32>i8x16.bitmask(less3)) << 16);
    store<u64>(to, ~(<u64>low | ((<u64>high) << 32)));
    const least = i8x16.min_u(i8x16.min_u(less0, less1), i8x16.min_u(less2, less3));
    const isMissing = ((missing >> (from >> 6)) & 1) !== 0;
    if (!i8x16.all_true(least) || isMissing || from < since)
      relateTies(out, a, b, isMissing ? EVERY : tiesOf(p, q), from, since, length);
    p += 128;
    q += 128;
    to += 8;
  }
}

/** The bars of a stretch on which the forms of 16 bits are equal. */
function tiesOf(p: usize, q: usize): u64 {
  let tied: u64 = 0;
  for (let k: usize = 0; k < 4; k++) {
    const at = k << 5;
    const low = i16x8.eq(v128.load(p + at), v128.load(q + at));
    const high = i16x8.eq(v128.load(p + at, 16), v128.load(q + at, 16));
    const bits = <u64>(<u32>i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)));
    tied |= bits << ((<u64>k) << 4);
  }
  return tied;
}

/** Compares the columns themselves on the bars of a stretch that are set; bars before `since` are na. */
function relateTies(
  out: usize,
  a: usize,
  b: usize,
  bars: u64,
  from: i32,
  since: i32,
  length: i32,
): void {
  const word = out + (<usize>from >> 3);
  let missing: u64 = 0;
  if (from < since) missing = since - from < STRETCH ? ~(EVERY << (<u64>(since - from))) : EVERY;
  let left = bars & ~missing;
  if (from + STRETCH > length) left &= EVERY >> <u64>(from + STRETCH - length);
  let greater = load<u64>(word, RELATION_GREATER) & ~(left | missing);
  let equal: u64 = 0;
  let gaps: u64 = 0;
  while (left !== 0) {
    const bar = ctz(left);
    left &= left - 1;
    const at = (<usize>(from + <i32>bar)) << 3;
    const x = load<f64>(a + at);
    const y = load<f64>(b + at);
    const more = <u64>(x > y);
    const same = <u64>(x === y);
    greater |= more << bar;
    equal |= same << bar;
    gaps |= (1 ^ (more | same | <u64>(x < y))) << bar;
  }
  if ((equal | gaps) !== 0) store<i32>(out, -1, RELATION_SINCE);
  missing |= gaps;
  store<u64>(word, greater, RELATION_GREATER);
  const plain = load<i32>(out, RELATION_PLAIN) !== 0;
  if (plain && (equal | missing) === 0) return;
  if (plain) unfold(out);
  store<u64>(word, equal, RELATION_EQUAL);
  store<u64>(word, ~missing, RELATION_DEFINED);
}
