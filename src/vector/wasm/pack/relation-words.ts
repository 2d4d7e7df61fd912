import {
  MASK_BYTES,
  RELATION_DEFINED,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_PLAIN,
  SHADOW_HEAD,
} from "../layout";
import { BLOCK, BLOCK_BYTES } from "./shadow-words";

/** Set in both halves of a word that stand for bars on which a form is not less than another. */
const SIGNS: u32 = 0x80008000;
/** One step of both forms of a word. */
const STEP: u32 = 0x00010001;

/** As `relateShadows` of `relations.ts`, by forms of two bars in a word. */
export function relateWords(
  out: usize,
  a: usize,
  b: usize,
  aForms: usize,
  bForms: usize,
  length: i32,
): void {
  const missing = load<u32>(aForms) | load<u32>(bForms);
  let p = aForms + SHADOW_HEAD;
  let q = bForms + SHADOW_HEAD;
  let word = out;
  for (let from = 0; from < length; from += BLOCK) {
    let greater: u32 = 0;
    let ties: u32 = 0;
    for (let k: usize = 0; k < BLOCK_BYTES; k += 4) {
      const notLess = (load<u32>(p + k) | SIGNS) - load<u32>(q + k);
      const more = notLess - STEP;
      ties |= notLess ^ more;
      // The bits of a word move to the bar of each half in 16 rounds.
      greater = (greater >> 1) | (more & SIGNS);
    }
    const isMissing = ((missing >> (from >> 5)) & 1) !== 0;
    if (isMissing || (ties & SIGNS) !== 0 || from + BLOCK > length)
      relateColumns(out, word, a, b, from, min<i32>(BLOCK, length - from));
    else store<u32>(word, greater, RELATION_GREATER);
    p += BLOCK_BYTES;
    q += BLOCK_BYTES;
    word += 4;
  }
}

/** Compares the columns themselves on so many bars. */
function relateColumns(out: usize, word: usize, a: usize, b: usize, from: i32, count: i32): void {
  let p = a + ((<usize>from) << 3);
  let q = b + ((<usize>from) << 3);
  let greater: u32 = 0;
  let equal: u32 = 0;
  let less: u32 = 0;
  for (let j = 0; j < count; j++) {
    const x = load<f64>(p);
    const y = load<f64>(q);
    greater |= (<u32>(x > y)) << j;
    equal |= (<u32>(x === y)) << j;
    less |= (<u32>(x < y)) << j;
    p += 8;
    q += 8;
  }
  store<u32>(word, greater, RELATION_GREATER);
  const unlike = greater | less;
  const all: u32 = count === BLOCK ? 0xffffffff : ((<u32>1) << count) - 1;
  if (unlike === all && load<i32>(out, RELATION_PLAIN) !== 0) return;
  if (load<i32>(out, RELATION_PLAIN) !== 0) unfold(out);
  store<u32>(word, equal, RELATION_EQUAL);
  store<u32>(word, equal | unlike, RELATION_DEFINED);
}

/** Writes out that all is defined and nothing equal, for what may be otherwise behind. */
export function unfold(out: usize): void {
  store<i32>(out, 0, RELATION_PLAIN);
  memory.fill(out + RELATION_EQUAL, 0, MASK_BYTES);
  memory.fill(out + RELATION_DEFINED, 255, MASK_BYTES);
}
