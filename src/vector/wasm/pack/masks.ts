import {
  EQ,
  GE,
  GT,
  LE,
  LT,
  NE,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
  SHADOW_HEAD,
} from "../layout";

/** Words of a mask of so many bars. */
export function wordsOf(length: i32): i32 {
  return (length + 31) >> 5;
}

/**
 * How column a stands to column b: greater, equal, both defined. Float32 decides where it can: rounding is monotone, so
 * only what is equal there is compared again. Where the whole chunk is plain, only `greater` is written.
 */
export function relate(out: usize, a: usize, b: usize, a32: usize, b32: usize, length: i32): void {
  const words = wordsOf(length);
  const greater = out + RELATION_GREATER;
  const equal = out + RELATION_EQUAL;
  const defined = out + RELATION_DEFINED;
  const again = greaterWords(greater, a32, b32, words) | load<u32>(a32) | load<u32>(b32);
  store<i32>(out, i32(again === 0), RELATION_PLAIN);
  if (again === 0) return;
  for (let w = 0; w < words; w++) {
    const at = (<usize>w) << 2;
    if (((again >> w) & 1) !== 0) relateWord(greater, equal, defined, a, b, w, length);
    else {
      store<u32>(equal + at, 0);
      store<u32>(defined + at, 0xffffffff);
    }
  }
}

/** The words of a chunk by float32; which of them hold ties. Bits past the last bar are whatever stood there. */
function greaterWords(out: usize, a32: usize, b32: usize, words: i32): u32 {
  let tied: u32 = 0;
  let a = a32 + SHADOW_HEAD;
  let b = b32 + SHADOW_HEAD;
  if (ASC_FEATURE_SIMD) {
    for (let w = 0; w < words; w++) {
      let x = v128.load(a);
      let y = v128.load(b);
      let g0 = f32x4.gt(x, y);
      let ties = f32x4.eq(x, y);
      x = v128.load(a, 16);
      y = v128.load(b, 16);
      let g1 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      const low0 = i16x8.narrow_i32x4_s(g0, g1);
      x = v128.load(a, 32);
      y = v128.load(b, 32);
      g0 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 48);
      y = v128.load(b, 48);
      g1 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      const low = i8x16.bitmask(i8x16.narrow_i16x8_s(low0, i16x8.narrow_i32x4_s(g0, g1)));
      x = v128.load(a, 64);
      y = v128.load(b, 64);
      g0 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 80);
      y = v128.load(b, 80);
      g1 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      const high0 = i16x8.narrow_i32x4_s(g0, g1);
      x = v128.load(a, 96);
      y = v128.load(b, 96);
      g0 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      x = v128.load(a, 112);
      y = v128.load(b, 112);
      g1 = f32x4.gt(x, y);
      ties = v128.or(ties, f32x4.eq(x, y));
      const high = i8x16.bitmask(i8x16.narrow_i16x8_s(high0, i16x8.narrow_i32x4_s(g0, g1)));
      store<u32>(out, <u32>low | ((<u32>high) << 16));
      tied |= (<u32>v128.any_true(ties)) << w;
      out += 4;
      a += 128;
      b += 128;
    }
    return tied;
  }
  for (let w = 0; w < words; w++) {
    let word: u32 = 0;
    let ties: u32 = 0;
    for (let j: usize = 0; j < 32; j++) {
      const x = load<f32>(a + (j << 2));
      const y = load<f32>(b + (j << 2));
      word |= (<u32>(x > y)) << (<u32>j);
      ties |= <u32>(x === y);
    }
    store<u32>(out, word);
    tied |= ties << w;
    out += 4;
    a += 128;
    b += 128;
  }
  return tied;
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

/** Where a comparison of the columns of a relation holds; na holds nowhere. */
export function compare(op: i32, out: usize, relation: usize, length: i32): void {
  const bytes = (<usize>wordsOf(length)) << 2;
  if (load<i32>(relation, RELATION_PLAIN) !== 0) comparePlain(op, out, relation, bytes);
  else compareParts(op, out, relation, bytes);
}

/** Without ties and na, what is not greater is less. */
function comparePlain(op: i32, out: usize, greater: usize, bytes: usize): void {
  if (op === EQ || op === NE) {
    memory.fill(out, op === EQ ? 0 : 255, bytes);
    return;
  }
  const flip: u32 = op === GT || op === GE ? 0 : 0xffffffff;
  for (let w: usize = 0; w < bytes; w += 4) store<u32>(out + w, load<u32>(greater + w) ^ flip);
}

function compareParts(op: i32, out: usize, relation: usize, bytes: usize): void {
  for (let w: usize = 0; w < bytes; w += 4) {
    const greater = load<u32>(relation + RELATION_GREATER + w);
    const equal = load<u32>(relation + RELATION_EQUAL + w);
    const defined = load<u32>(relation + RELATION_DEFINED + w);
    let holds = greater;
    if (op === GE) holds = greater | equal;
    else if (op === LT) holds = defined & ~(greater | equal);
    else if (op === LE) holds = defined & ~greater;
    else if (op === EQ) holds = equal;
    else if (op === NE) holds = defined & ~equal;
    store<u32>(out + w, holds);
  }
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
  if (ASC_FEATURE_SIMD) {
    let at = from & ~63;
    let word = load<u64>(mask + (<usize>at >> 3)) & ((<u64>-1) << (from & 63));
    while (word === 0) {
      at += 64;
      if (at >= length) return length;
      word = load<u64>(mask + (<usize>at >> 3));
    }
    return min<i32>(length, at + <i32>ctz(word));
  }
  let at = from & ~31;
  let word = load<u32>(mask + (<usize>at >> 3)) & ((<u32>0xffffffff) << (from & 31));
  while (word === 0) {
    at += 32;
    if (at >= length) return length;
    word = load<u32>(mask + (<usize>at >> 3));
  }
  return min<i32>(length, at + <i32>ctz(word));
}

/** Whether no bar of a mask is set; a bit past its last bar may make it say no. */
export function isEmpty(mask: usize, length: i32): bool {
  const end = mask + ((<usize>wordsOf(length)) << 2);
  if (ASC_FEATURE_SIMD) {
    let any = v128.load(mask);
    for (let at = mask + 16; at < end; at += 16) any = v128.or(any, v128.load(at));
    return !v128.any_true(any);
  }
  let any: u32 = 0;
  for (let at = mask; at < end; at += 4) any |= load<u32>(at);
  return any === 0;
}

export function isSet(mask: usize, bar: i32): i32 {
  return <i32>((load<u32>(mask + ((<usize>(bar >> 5)) << 2)) >> (bar & 31)) & 1);
}
