import {
  EQ,
  GE,
  GT,
  LE,
  LT,
  MASK_SUMMARY,
  NE,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
} from "../layout";
import { FRAME_SCRATCH, FRAME_SCRATCH_BYTES } from "../pair-layout";

/** How far behind their places the masks stand that the trial at hand makes for itself. */
let shift: usize = 0;

export function shiftOwn(bytes: i32): void {
  shift = <usize>bytes;
}

/** Where a mask stands of which this is the place. */
export function own(mask: usize): usize {
  if (!ASC_FEATURE_SIMD) return mask;
  const isOwn = mask - <usize>load<u32>(FRAME_SCRATCH) < <usize>load<u32>(FRAME_SCRATCH_BYTES);
  return mask + (isOwn ? shift : 0);
}

/** Words of a mask of so many bars. */
export function wordsOf(length: i32): i32 {
  return (length + 31) >> 5;
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
  if (ASC_FEATURE_SIMD) {
    const flips = i32x4.splat(flip);
    for (let w: usize = 0; w < bytes; w += 16)
      v128.store(out + w, v128.xor(v128.load(greater + w), flips));
    return;
  }
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

// Masks are written in as wide pieces as they are read: narrow ones that are read at once as one are waited for.

export function both(out: usize, a: usize, b: usize, length: i32): void {
  const bytes = (<usize>wordsOf(length)) << 2;
  if (ASC_FEATURE_SIMD) {
    for (let w: usize = 0; w < bytes; w += 16)
      v128.store(out + w, v128.and(v128.load(a + w), v128.load(b + w)));
    return;
  }
  for (let w: usize = 0; w < bytes; w += 4)
    store<u32>(out + w, load<u32>(a + w) & load<u32>(b + w));
}

export function either(out: usize, a: usize, b: usize, length: i32): void {
  const bytes = (<usize>wordsOf(length)) << 2;
  if (ASC_FEATURE_SIMD) {
    for (let w: usize = 0; w < bytes; w += 16)
      v128.store(out + w, v128.or(v128.load(a + w), v128.load(b + w)));
    return;
  }
  for (let w: usize = 0; w < bytes; w += 4)
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

/** Clears what stands past the last bar, and writes which 64 bars have any that is set. */
export function summarise(mask: usize, length: i32): void {
  if (!ASC_FEATURE_SIMD) return;
  let words: u32 = 0;
  for (let bar = 0; bar < length; bar += 64) {
    const at = mask + (<usize>bar >> 3);
    if (bar + 64 > length) store<u64>(at, load<u64>(at) & (<u64>-1 >> <u64>(bar + 64 - length)));
    words |= u32(load<u64>(at) !== 0) << (bar >> 6);
  }
  store<u32>(mask, words, MASK_SUMMARY);
}

export function isSet(mask: usize, bar: i32): i32 {
  return <i32>((load<u32>(mask + ((<usize>(bar >> 5)) << 2)) >> (bar & 31)) & 1);
}
