import {
  ARMED,
  LT,
  OP_BYTES,
  OP_COMPARE,
  RELATION_GREATER,
  RELATION_SINCE,
  SWAPPED,
  T_CROSSING,
  T_OP_COUNT,
  T_OPS,
} from "../layout";
import { FRAME_PAIRS, LANE_MASKED } from "../pair-layout";
import { own } from "./masks";
import { runOps } from "./ops";

const EVERY: u64 = -1;

// A trial that opens where one column passes over another, and closes where it passes back, needs no masks of both:
// the bars on which the columns change places are its events.

/** Runs all operations of a trial but those of a crossing. */
export function runOwnOps(trial: usize, lane: usize, chunk: i32, length: i32): void {
  store<u32>(<usize>load<u32>(FRAME_PAIRS) + lane, 0, LANE_MASKED);
  const count = load<i32>(trial, T_OP_COUNT) - (load<u32>(trial, T_CROSSING) !== 0 ? 2 : 0);
  runOps(<usize>load<u32>(trial, T_OPS), count, chunk, length);
}

/** Makes the masks of a crossing, which are left out until they are needed. */
export function maskCrossing(trial: usize, lane: usize, chunk: i32, length: i32): void {
  if (load<u32>(trial, T_CROSSING) === 0 || isMasked(lane)) return;
  runOps(opening(trial), 2, chunk, length);
  store<u32>(<usize>load<u32>(FRAME_PAIRS) + lane, 1, LANE_MASKED);
}

function isMasked(lane: usize): bool {
  return load<u32>(<usize>load<u32>(FRAME_PAIRS) + lane, LANE_MASKED) !== 0;
}

function opening(trial: usize): usize {
  return <usize>load<u32>(trial, T_OPS) + <usize>(load<i32>(trial, T_OP_COUNT) - 2) * OP_BYTES;
}

/** Ones where what opens is that the lesser column becomes the greater one. */
function flipOf(open: usize): u64 {
  const how = load<i32>(open, 28);
  const isLess = load<i32>(open) === OP_COMPARE ? how === LT : (how & SWAPPED) !== 0;
  return isLess ? EVERY : 0;
}

/** Whether neither of a crossing's masks knows of an earlier bar; comparisons know of none. */
function isFresh(open: usize): bool {
  if (load<i32>(open) === OP_COMPARE) return false;
  const rises = <usize>load<u32>(open, 12);
  const falls = <usize>load<u32>(open + OP_BYTES, 12);
  return (
    (load<u64>(rises) | load<u64>(falls)) === 0 && (load<u32>(rises, 8) | load<u32>(falls, 8)) === 0
  );
}

/**
 * Whether every change of places of a crossing's columns turns the account: they stand to each other, before the chunk, as
 * the account does, or nothing is known of them and no position is held.
 */
function turnsAccount(open: usize, isHeld: bool, since: i32): bool {
  if (since < 0 || (since > 0 && isHeld)) return false;
  if (load<i32>(open) === OP_COMPARE) return true;
  if (isFresh(open)) return !isHeld;
  return since === 0 && agrees(open, isHeld);
}

function agrees(open: usize, isHeld: bool): bool {
  const rises = <usize>load<u32>(open, 12);
  const falls = <usize>load<u32>(open + OP_BYTES, 12);
  if (load<i32>(open, 16) === ARMED) {
    const armed = load<u32>(rises) & load<u32>(falls);
    return (
      armed === 1 && load<u32>(rises, 4) === u32(isHeld) && load<u32>(falls, 4) === u32(!isHeld)
    );
  }
  return load<u32>(rises) === u32(!isHeld) && load<u32>(falls) === u32(isHeld);
}

/**
 * Lists the bars of fills as `listEvents` does.
 *
 * @param next where the first of them goes
 * @returns where the next would go; 0 where the masks are needed
 */
export function listCrossing(
  trial: usize,
  next: usize,
  isHeld: bool,
  wait: i32,
  length: i32,
): usize {
  const relation = own(<usize>load<u32>(trial, T_CROSSING));
  const open = opening(trial);
  const since = load<i32>(relation, RELATION_SINCE);
  if (!turnsAccount(open, isHeld, since)) return 0;
  const flip = flipOf(open);
  const begin = since & ~63;
  let greater = relation + RELATION_GREATER + (<usize>begin >> 3);
  let known = EVERY << (<u64>(since & 63));
  // The first bar of those on which one column may stand above the other from the start: that is no crossing.
  let stands: u64 = isFresh(open) ? known & (0 - known) : 0;
  let last = <u64>isHeld;
  let to = next;
  for (let first = begin + wait; first < length + wait; first += 64) {
    let over = (load<u64>(greater) ^ flip) & known;
    known = EVERY;
    if (stands !== 0) {
      const passed = over + stands;
      over &= passed;
      stands = u64(passed === 0);
    }
    let turns = over ^ ((over << 1) | last);
    const left = length + wait - first;
    if (left < 64) turns &= EVERY >> <u64>(64 - left);
    last = over >> 63;
    const count = <i32>popcnt(turns);
    store<i32>(to, first + <i32>ctz(turns));
    turns &= turns - 1;
    store<i32>(to, first + <i32>ctz(turns), 4);
    turns &= turns - 1;
    store<i32>(to, first + <i32>ctz(turns), 8);
    turns &= turns - 1;
    store<i32>(to, first + <i32>ctz(turns), 12);
    for (let k = 4; k < count; k++) {
      turns &= turns - 1;
      store<i32>(to + ((<usize>k) << 2), first + <i32>ctz(turns));
    }
    to += (<usize>count) << 2;
    greater += 8;
  }
  return to;
}

/** Writes what the crosses know after a chunk of which no masks were made. */
export function passCrossing(trial: usize, lane: usize, length: i32): void {
  if (load<u32>(trial, T_CROSSING) === 0 || isMasked(lane)) return;
  const open = opening(trial);
  const relation = own(<usize>load<u32>(trial, T_CROSSING));
  const since = load<i32>(relation, RELATION_SINCE);
  if (load<i32>(open) === OP_COMPARE || since >= length) return;
  const word = load<u64>(relation + RELATION_GREATER + ((<usize>(length - 1) >> 6) << 3));
  const over = <u32>(((word ^ flipOf(open)) >> (<u64>(length - 1) & 63)) & 1);
  const rises = <usize>load<u32>(open, 12);
  const falls = <usize>load<u32>(open + OP_BYTES, 12);
  if (load<i32>(open, 16) === ARMED) {
    // One that has not been armed, as it has always stood above, is as good as one that has fired.
    store<u32>(rises, 1);
    store<u32>(falls, 1);
    store<u32>(rises, over, 4);
    store<u32>(falls, over ^ 1, 4);
  } else {
    store<u32>(rises, over ^ 1);
    store<u32>(falls, over);
  }
  store<u32>(rises, 1, 8);
  store<u32>(falls, 1, 8);
}
