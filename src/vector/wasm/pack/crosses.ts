import {
  ARMED,
  LAST_DEFINED,
  NEGATED,
  PREVIOUS_BAR,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
  SWAPPED,
} from "../layout";
import { wordsOf } from "./masks";

/**
 * Where a crosses over b, or is known not to: the machines of `cross-machine.ts`. A word without ties and na is done
 * by shifts, as each machine then asks whether the bar before was below; another one bit by bit.
 */
export function cross(
  out: usize,
  relation: usize,
  state: usize,
  machine: i32,
  flags: i32,
  length: i32,
): void {
  const words = wordsOf(length);
  const swapped: u32 = (flags & SWAPPED) !== 0 ? 0xffffffff : 0;
  const negated = (flags & NEGATED) !== 0;
  const plain = load<i32>(relation, RELATION_PLAIN) !== 0;
  const greaters = relation + RELATION_GREATER;
  for (let at = 0; at < words << 2; at += 4) {
    const w = <usize>at;
    const greater = load<u32>(greaters + w);
    const equal = plain ? 0 : load<u32>(relation + RELATION_EQUAL + w);
    const defined = plain ? 0xffffffff : load<u32>(relation + RELATION_DEFINED + w);
    const isPlain = equal === 0 && defined === 0xffffffff;
    if (isPlain && (machine !== ARMED || load<u32>(state) === 1)) {
      const end = plain ? words << 2 : endOfPlain(relation, at + 4, words << 2);
      plainCross(out + w, greaters + w, state, machine, swapped, negated, (end - at) >> 2);
      at = end - 4;
      continue;
    }
    const less = defined & ~greater & ~equal;
    const g = swapped !== 0 ? less : greater;
    const l = swapped !== 0 ? greater : less;
    // Ones from the first defined bar to the end of the word.
    const begins = equal === 0 && (defined & (0 - defined)) === 0 - defined;
    if (machine === ARMED && begins && (load<u32>(state) === 0 || defined !== 0xffffffff)) {
      store<u32>(out + w, armWord(state, g, l, defined, negated));
    } else store<u32>(out + w, bitByBit(state, machine, g, l, equal, negated));
  }
}

/** A word of {@link ARMED} that begins with nothing armed, without ties, whose bars are defined from one on. */
function armWord(state: usize, greater: u32, less: u32, defined: u32, negated: bool): u32 {
  const begun: u32 = (defined & 1) !== 0 ? load<u32>(state, 8) : 0;
  const known = (defined << 1) | begun;
  // Bars after the first one below.
  const first = less & (0 - less);
  const armed: u32 = less === 0 ? 0 : ~(first | (first - 1));
  const fire = greater & ~(greater << 1) & armed;
  store<u32>(state, u32(less !== 0));
  store<u32>(state, (greater & armed) >> 31, 4);
  store<u32>(state, u32(defined !== 0), 8);
  return negated ? known & ~fire : fire;
}

/** The first word from byte `at` on that has a tie or na. */
function endOfPlain(relation: usize, at: i32, end: i32): i32 {
  while (at < end) {
    const w = relation + <usize>at;
    if (load<u32>(w, RELATION_EQUAL) !== 0 || load<u32>(w, RELATION_DEFINED) !== 0xffffffff) break;
    at += 4;
  }
  return at;
}

/** Words without ties and na: a < b is what is not a > b, and all machines look at the bar before. */
function plainCross(
  out: usize,
  greater: usize,
  state: usize,
  machine: i32,
  swapped: u32,
  negated: bool,
  words: i32,
): void {
  const armed = machine === ARMED;
  // What stood above on the bar before.
  let last: u32 = armed ? load<u32>(state, 4) : load<u32>(state) ^ 1;
  const known = load<u32>(state, 8);
  let at = 0;
  if (ASC_FEATURE_SIMD) {
    const swap = <u64>swapped | ((<u64>swapped) << 32);
    const negate: u64 = negated ? -1 : 0;
    for (; at + 8 <= words << 2; at += 8) {
      const w = <usize>at;
      const g = load<u64>(greater + w) ^ swap;
      const fire = g & ~((g << 1) | <u64>last);
      last = <u32>(g >> 63);
      store<u64>(out + w, fire ^ negate);
    }
  }
  for (; at < words << 2; at += 4) {
    const w = <usize>at;
    const g = load<u32>(greater + w) ^ swapped;
    const fire = g & ~((g << 1) | last);
    last = g >> 31;
    store<u32>(out + w, negated ? ~fire : fire);
  }
  if (negated) store<u32>(out, load<u32>(out) & (0xfffffffe | known));
  if (armed) store<u32>(state, last, 4);
  else store<u32>(state, last ^ 1);
  store<u32>(state, 1, 8);
}

function bitByBit(
  state: usize,
  machine: i32,
  greater: u32,
  less: u32,
  equal: u32,
  negated: bool,
): u32 {
  let p = load<u32>(state);
  let q = load<u32>(state, 4);
  let k = load<u32>(state, 8);
  let word: u32 = 0;
  for (let j = 0; j < 32; j++) {
    const g = (greater >> j) & 1;
    const l = (less >> j) & 1;
    const e = (equal >> j) & 1;
    const defined = g | l | e;
    const known = k & defined;
    let fire = g & p;
    if (machine === LAST_DEFINED) {
      p = l | e | (p & (1 ^ g));
      k |= defined;
    } else if (machine === PREVIOUS_BAR) {
      p = l | e;
      k = defined;
    } else if (machine === ARMED) {
      fire &= 1 ^ q;
      q = p & g;
      p = (p | l) & defined;
      k = defined;
    } else {
      p = l | (p & e);
      k = defined;
    }
    word |= (negated ? known & (1 ^ fire) : fire) << j;
  }
  store<u32>(state, p);
  store<u32>(state, q, 4);
  store<u32>(state, k, 8);
  return word;
}
