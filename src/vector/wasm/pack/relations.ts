import {
  MASK_BYTES,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
  SHADOW_HEAD,
  STRETCH,
} from "../layout";

const EVERY: u64 = -1;

/**
 * How column a stands to column b: greater, equal, both defined. Their forms of 16 bits decide where they can: rounding
 * is monotone, so only what is equal there is compared again. Where all is defined and nothing equal, only `greater` is
 * written.
 */
export function relate(out: usize, a: usize, b: usize, a16: usize, b16: usize, length: i32): void {
  store<i32>(out, 1, RELATION_PLAIN);
  if (ASC_FEATURE_SIMD) relateShadows(out, a, b, a16, b16, length);
  else relateWords(out, a, b, length);
}

/** Bits past the last bar are whatever stood there. */
function relateShadows(out: usize, a: usize, b: usize, a16: usize, b16: usize, length: i32): void {
  const missing = load<u32>(a16) | load<u32>(b16);
  let p = a16 + SHADOW_HEAD;
  let q = b16 + SHADOW_HEAD;
  let to = out + RELATION_GREATER;
  for (let from = 0; from < length; from += STRETCH) {
    let x = v128.load(p);
    let y = v128.load(q);
    let over = i16x8.gt_s(x, y);
    let ties = i16x8.eq(x, y);
    x = v128.load(p, 16);
    y = v128.load(q, 16);
    const over0 = i8x16.narrow_i16x8_s(over, i16x8.gt_s(x, y));
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 32);
    y = v128.load(q, 32);
    over = i16x8.gt_s(x, y);
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 48);
    y = v128.load(q, 48);
    const over1 = i8x16.narrow_i16x8_s(over, i16x8.gt_s(x, y));
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 64);
    y = v128.load(q, 64);
    over = i16x8.gt_s(x, y);
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 80);
    y = v128.load(q, 80);
    const over2 = i8x16.narrow_i16x8_s(over, i16x8.gt_s(x, y));
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 96);
    y = v128.load(q, 96);
    over = i16x8.gt_s(x, y);
    ties = v128.or(ties, i16x8.eq(x, y));
    x = v128.load(p, 112);
    y = v128.load(q, 112);
    const over3 = i8x16.narrow_i16x8_s(over, i16x8.gt_s(x, y));
    ties = v128.or(ties, i16x8.eq(x, y));
    const low = <u32>i8x16.bitmask(over0) | ((<u32>i8x16.bitmask(over1)) << 16);
    const high = <u32>i8x16.bitmask(over2) | ((<u32>i8x16.bitmask(over3)) << 16);
    store<u64>(to, <u64>low | ((<u64>high) << 32));
    if (v128.any_true(ties) || ((missing >> (from >> 6)) & 1) !== 0) {
      const tied = ((missing >> (from >> 6)) & 1) !== 0 ? EVERY : tiesOf(p, q);
      relateTies(out, a, b, tied, from, length);
    }
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

/** Compares the columns themselves on the bars of a stretch that are set. */
function relateTies(out: usize, a: usize, b: usize, bars: u64, from: i32, length: i32): void {
  const word = out + (<usize>from >> 3);
  let left = bars;
  if (from + STRETCH > length) left &= EVERY >> <u64>(from + STRETCH - length);
  let greater = load<u64>(word, RELATION_GREATER) & ~left;
  let equal: u64 = 0;
  let missing: u64 = 0;
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
    missing |= (1 ^ (more | same | <u64>(x < y))) << bar;
  }
  store<u64>(word, greater, RELATION_GREATER);
  const plain = load<i32>(out, RELATION_PLAIN) !== 0;
  if (plain && (equal | missing) === 0) return;
  if (plain) unfold(out);
  store<u64>(word, equal, RELATION_EQUAL);
  store<u64>(word, ~missing, RELATION_DEFINED);
}

/** Writes out that all is defined and nothing equal, for what may be otherwise behind. */
function unfold(out: usize): void {
  store<i32>(out, 0, RELATION_PLAIN);
  memory.fill(out + RELATION_EQUAL, 0, MASK_BYTES);
  memory.fill(out + RELATION_DEFINED, 255, MASK_BYTES);
}

/** Word by word, by the columns themselves. */
function relateWords(out: usize, a: usize, b: usize, length: i32): void {
  let p = a;
  let q = b;
  let word = out;
  for (let from = 0; from < length; from += 32) {
    const count = min<i32>(32, length - from);
    let greater: u32 = 0;
    let less: u32 = 0;
    for (let j = 0; j < count; j++) {
      const x = load<f64>(p);
      const y = load<f64>(q);
      greater |= (<u32>(x > y)) << j;
      less |= (<u32>(x < y)) << j;
      p += 8;
      q += 8;
    }
    store<u32>(word, greater, RELATION_GREATER);
    const all: u32 = count === 32 ? 0xffffffff : ((<u32>1) << count) - 1;
    const other = all & ~(greater | less);
    if (other !== 0 && load<i32>(out, RELATION_PLAIN) !== 0) unfold(out);
    if (load<i32>(out, RELATION_PLAIN) === 0) relateRest(word, a, b, other, less | greater, from);
    word += 4;
  }
}

/** The bars of a word on which neither is greater: equal, or not defined. */
function relateRest(word: usize, a: usize, b: usize, other: u32, unlike: u32, from: i32): void {
  let left = other;
  let equal: u32 = 0;
  while (left !== 0) {
    const bar = ctz(left);
    left &= left - 1;
    const at = (<usize>(from + <i32>bar)) << 3;
    equal |= (<u32>(load<f64>(a + at) === load<f64>(b + at))) << bar;
  }
  store<u32>(word, equal, RELATION_EQUAL);
  store<u32>(word, equal | unlike, RELATION_DEFINED);
}
