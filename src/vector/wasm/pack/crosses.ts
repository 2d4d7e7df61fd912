import {
  ARMED,
  LAST_DEFINED,
  NEGATED,
  PREVIOUS_BAR,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
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
  for (let w: usize = 0; w < (<usize>words) << 2; w += 4) {
    const equal = load<u32>(relation + RELATION_EQUAL + w);
    const defined = load<u32>(relation + RELATION_DEFINED + w);
    // Without ties, a < b is what is not a > b.
    const greater = load<u32>(relation + RELATION_GREATER + w);
    const before = load<u32>(state);
    const calm = equal === 0 && defined === 0xffffffff && (machine !== ARMED || before === 1);
    if (!calm) {
      const less = defined & ~greater & ~equal;
      const g = swapped !== 0 ? less : greater;
      const l = swapped !== 0 ? greater : less;
      store<u32>(out + w, bitByBit(state, machine, g, l, equal, negated));
      continue;
    }
    const g = greater ^ swapped;
    const known = load<u32>(state, 8);
    let fire: u32;
    if (machine === ARMED) {
      fire = g & ~((g << 1) | load<u32>(state, 4));
      store<u32>(state, g >> 31, 4);
    } else {
      fire = g & ((~g << 1) | before);
      store<u32>(state, (g >> 31) ^ 1);
    }
    store<u32>(state, 1, 8);
    store<u32>(out + w, negated ? ~fire & (0xfffffffe | known) : fire);
  }
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
