import {
  EQ,
  GE,
  GT,
  LE,
  LT,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  SHADOW_HEAD,
} from "../layout";

/** Words of a mask of so many bars. */
export function wordsOf(length: i32): i32 {
  return (length + 31) >> 5;
}

/**
 * How column a stands to column b: greater, equal, both defined. Float32 decides where it can: rounding is monotone, so
 * only what is equal there is compared again.
 */
export function relate(out: usize, a: usize, b: usize, a32: usize, b32: usize, length: i32): void {
  const words = wordsOf(length);
  const greater = out + RELATION_GREATER;
  const equal = out + RELATION_EQUAL;
  const defined = out + RELATION_DEFINED;
  if ((load<i32>(a32) | load<i32>(b32)) !== 0) {
    for (let w = 0; w < words; w++) relateWord(greater, equal, defined, a, b, w, length);
    return;
  }
  for (let w = 0; w < words; w++) {
    const at = (<usize>w) << 2;
    if (greaterWord(greater + at, a32, b32, w)) {
      relateWord(greater, equal, defined, a, b, w, length);
    } else {
      store<u32>(equal + at, 0);
      store<u32>(defined + at, 0xffffffff);
    }
  }
}

/** One word by float32; whether it holds a tie. Bits past the last bar are whatever stood there. */
function greaterWord(out: usize, a32: usize, b32: usize, w: i32): bool {
  let a = a32 + SHADOW_HEAD + ((<usize>w) << 7);
  let b = b32 + SHADOW_HEAD + ((<usize>w) << 7);
  if (ASC_FEATURE_SIMD) {
    let ties = i32x4.splat(0);
    for (let half: usize = 0; half < 4; half += 2) {
      let x = v128.load(a);
      let y = v128.load(b);
      const g0 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 16);
      y = v128.load(b, 16);
      const g1 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 32);
      y = v128.load(b, 32);
      const g2 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 48);
      y = v128.load(b, 48);
      const g3 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      const bytes = i8x16.narrow_i16x8_s(
        i16x8.narrow_i32x4_s(g0, g1),
        i16x8.narrow_i32x4_s(g2, g3),
      );
      store<u16>(out + half, <u16>i8x16.bitmask(bytes));
      a += 64;
      b += 64;
    }
    return v128.any_true(ties);
  }
  let word: u32 = 0;
  let ties: i32 = 0;
  for (let j = 0; j < 32; j++) {
    const x = load<f32>(a);
    const y = load<f32>(b);
    word |= (<u32>(x > y)) << j;
    ties |= i32(x === y);
    a += 4;
    b += 4;
  }
  store<u32>(out, word);
  return ties !== 0;
}

/** One word by float64. */
function relateWord(
  greater: usize,
  equal: usize,
  defined: usize,
  a: usize,
  b: usize,
  w: i32,
  length: i32,
): void {
  let g: u32 = 0;
  let e: u32 = 0;
  let d: u32 = 0;
  const from = w << 5;
  const count = min<i32>(32, length - from);
  let p = a + ((<usize>from) << 3);
  let q = b + ((<usize>from) << 3);
  for (let j = 0; j < count; j++) {
    const x = load<f64>(p);
    const y = load<f64>(q);
    const more = <u32>(x > y);
    const same = <u32>(x === y);
    g |= more << j;
    e |= same << j;
    d |= (more | same | <u32>(x < y)) << j;
    p += 8;
    q += 8;
  }
  const at = (<usize>w) << 2;
  store<u32>(greater + at, g);
  store<u32>(equal + at, e);
  store<u32>(defined + at, d);
}

/** Where a comparison holds; na holds nowhere. */
export function compare(
  op: i32,
  out: usize,
  a: usize,
  b: usize,
  a32: usize,
  b32: usize,
  length: i32,
): void {
  const words = wordsOf(length);
  const swap = op === LT || op === LE;
  const first = swap ? b32 : a32;
  const second = swap ? a32 : b32;
  for (let w = 0; w < words; w++) {
    const at = out + ((<usize>w) << 2);
    if (op >= EQ || greaterWord(at, first, second, w)) compareWord(op, at, a, b, w, length);
  }
}

function compareWord(op: i32, out: usize, a: usize, b: usize, w: i32, length: i32): void {
  const from = w << 5;
  const count = min<i32>(32, length - from);
  let p = a + ((<usize>from) << 3);
  let q = b + ((<usize>from) << 3);
  let word: u32 = 0;
  for (let j = 0; j < count; j++) {
    const x = load<f64>(p);
    const y = load<f64>(q);
    let holds: u32 = 0;
    if (op === GT) holds = <u32>(x > y);
    else if (op === LT) holds = <u32>(x < y);
    else if (op === GE) holds = <u32>(x >= y);
    else if (op === LE) holds = <u32>(x <= y);
    else if (op === EQ) holds = <u32>(x === y);
    else holds = <u32>(x < y) | <u32>(x > y);
    word |= holds << j;
    p += 8;
    q += 8;
  }
  store<u32>(out, word);
}

export function both(out: usize, a: usize, b: usize, length: i32): void {
  const words = wordsOf(length);
  for (let w: usize = 0; w < (<usize>words) << 2; w += 4)
    store<u32>(out + w, load<u32>(a + w) & load<u32>(b + w));
}

export function either(out: usize, a: usize, b: usize, length: i32): void {
  const words = wordsOf(length);
  for (let w: usize = 0; w < (<usize>words) << 2; w += 4)
    store<u32>(out + w, load<u32>(a + w) | load<u32>(b + w));
}

/** First bar from `from` on that is set, or `length`. */
export function nextSet(mask: usize, from: i32, length: i32): i32 {
  if (from >= length) return length;
  let at = from & ~31;
  let word = load<u32>(mask + (<usize>at >> 3)) & ((<u32>0xffffffff) << (from & 31));
  while (word === 0) {
    at += 32;
    if (at >= length) return length;
    word = load<u32>(mask + (<usize>at >> 3));
  }
  return min<i32>(length, at + <i32>ctz(word));
}

export function isSet(mask: usize, bar: i32): i32 {
  return <i32>((load<u32>(mask + ((<usize>(bar >> 5)) << 2)) >> (bar & 31)) & 1);
}
