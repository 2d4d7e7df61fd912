import {
  FRAME_AT_CLOSE,
  FRAME_EXIT_MASK,
  FRAME_PRICE,
  FRAME_SELL,
  MASK_SUMMARY,
  T_ANY,
  T_CROSSING,
  T_ONLY,
  T_PENDING,
  T_SUMMARIES,
  T_UNITS,
} from "../layout";
import {
  EVENTS,
  EVENTS_BYTES,
  FRAME_PAIRS,
  LANE_ENDS,
  LANE_FILLS,
  LANE_PENDING,
  LANE_TURNS,
  PAIR_BOUGHT,
  PAIR_STEP,
} from "../pair-layout";
import { listCrossing, maskCrossing } from "./crossings";
import { own } from "./masks";
import { carryHeld, carryNothing } from "./pair-carry";

const EVERY: u64 = -1;

/** What {@link listTrades} says of a trial: that nothing fires, that it runs side by side with another, or alone. */
export const RESTS = 0;
export const LISTED = 1;
export const ALONE = 2;

/**
 * Lists the trades of a trial in the chunk, one of two side by side, where nothing but its one rule that opens and its
 * one rule that closes makes them.
 *
 * @param lane 0 or 8
 */
export function listTrades(trial: usize, lane: usize, chunk: i32, length: i32): i32 {
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  const isHeld = load<f64>(trial, T_UNITS) !== 0;
  const pending = load<u32>(trial, T_PENDING) !== 0;
  const events = at - lane + EVENTS + (lane >> 3) * EVENTS_BYTES;
  let next = events;
  if (pending) {
    store<i32>(next, 0);
    next += 4;
  }
  next = listSignals(trial, lane, next, isHeld !== pending, chunk, length);
  if (next === events) return RESTS;
  if (next === 0) return ALONE;
  let count = <i32>((next - events) >> 2);
  let waits: u32 = 0;
  if (load<i32>(next - 4) >= length) {
    count--;
    // What the rule does that fires last waits for the next chunk.
    const opens = ((count & 1) !== 0) === isHeld;
    const state = opens ? 4 : load<i32>(FRAME_EXIT_MASK) - T_ANY;
    waits = (<u32>1) << load<i32>(trial + <usize>state, T_ONLY);
    if (count === 0) return ALONE;
  }
  store<u32>(at, waits, LANE_PENDING);
  let from = events;
  if (isHeld) {
    const end = load<i32>(from);
    const price = <usize>load<u32>(FRAME_PRICE) + ((<usize>(chunk + end)) << 3);
    const sold = load<f64>(price) * load<f64>(FRAME_SELL);
    if (!carryHeld(trial, lane, end, sold, chunk)) return ALONE;
    from += 4;
    count--;
  } else if (!carryNothing(trial, lane)) return ALONE;
  store<i32>(from + ((<usize>count) << 2), length);
  store<i32>(at, (count + 1) >> 1, LANE_TURNS);
  store<u32>(at, <u32>from, LANE_FILLS);
  store<u32>(at, <u32>from + 4, LANE_ENDS);
  return LISTED;
}

/** The bars of fills by whatever tells them soonest. */
function listSignals(
  trial: usize,
  lane: usize,
  next: usize,
  isHeld: bool,
  chunk: i32,
  length: i32,
): usize {
  const wait = load<i32>(FRAME_AT_CLOSE) !== 0 ? 0 : 1;
  if (load<u32>(trial, T_SUMMARIES) !== 0) return listSet(trial, next, isHeld, wait, length);
  if (load<u32>(trial, T_CROSSING) !== 0) {
    const to = listCrossing(trial, next, isHeld, wait, length);
    if (to !== 0) return to;
    maskCrossing(trial, lane, chunk, length);
  }
  return listEvents(trial, next, isHeld, wait, length);
}

/**
 * The bars of fills that turn a flat account into a held one and back. Held is what an adder carries: an entry makes a
 * carry, all but an exit hands it on.
 *
 * @param next where the first of them goes
 * @returns where the next would go; 0 where a bar both opens and closes
 */
function listEvents(trial: usize, next: usize, isHeld: bool, wait: i32, length: i32): usize {
  const entries = own(<usize>load<u32>(trial, T_ANY + 4));
  const exits = own(<usize>load<u32>(trial + <usize>load<u32>(FRAME_EXIT_MASK)));
  let held = <u64>isHeld;
  let both: u64 = 0;
  let to = next;
  for (let bar = 0; bar < length; bar += 64) {
    const word = <usize>bar >> 3;
    if ((bar & 127) === 0) {
      const awaited = held !== 0 ? exits : entries;
      if (!v128.any_true(v128.load(awaited + word))) {
        bar += 64;
        continue;
      }
    }
    let entry = load<u64>(entries + word);
    let exit = load<u64>(exits + word);
    if (bar + 64 > length) {
      const rest = EVERY >> <u64>(bar + 64 - length);
      entry &= rest;
      exit &= rest;
    }
    both |= entry & exit;
    const passes = ~exit;
    const into = (passes + entry + held) ^ passes ^ entry;
    const after = entry | (passes & into);
    let turns = into ^ after;
    held = after >> 63;
    const count = <i32>popcnt(turns);
    const first = bar + wait;
    store<i32>(to, first + <i32>ctz(turns));
    turns &= turns - 1;
    store<i32>(to, first + <i32>ctz(turns), 4);
    for (let k = 2; k < count; k++) {
      turns &= turns - 1;
      store<i32>(to + ((<usize>k) << 2), first + <i32>ctz(turns));
    }
    to += (<usize>count) << 2;
  }
  return both === 0 ? to : 0;
}

/**
 * The same by the summaries of both masks, from one event to the next.
 *
 * @returns where the next would go
 */
function listSet(trial: usize, next: usize, isHeld: bool, wait: i32, length: i32): usize {
  const entries = <usize>load<u32>(trial, T_ANY + 4);
  const exits = <usize>load<u32>(trial + <usize>load<u32>(FRAME_EXIT_MASK));
  let awaited = isHeld ? exits : entries;
  let other = isHeld ? entries : exits;
  let to = next;
  let bar = 0;
  while (bar < length) {
    let at = bar >> 6;
    let word = load<u64>(awaited + ((<usize>at) << 3)) & (EVERY << (<u64>(bar & 63)));
    if (word === 0) {
      const later = load<u32>(awaited, MASK_SUMMARY) & ((<u32>-2) << at);
      if (later === 0) break;
      at = <i32>ctz(later);
      word = load<u64>(awaited + ((<usize>at) << 3));
    }
    bar = (at << 6) + <i32>ctz(word);
    store<i32>(to, bar + wait);
    to += 4;
    bar++;
    const swap = awaited;
    awaited = other;
    other = swap;
  }
  return to;
}

/** Tells who reads lists of trades that these are made of events. */
export function takeEvents(): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  store<i32>(pairs, 3, PAIR_STEP);
  store<u32>(pairs, 0, PAIR_BOUGHT);
}

/** Pads the shorter of both lists with trades that are none. */
export function evenLists(): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const a = load<i32>(pairs, LANE_TURNS);
  const b = load<i32>(pairs, LANE_TURNS + 8);
  const fills = <usize>load<u32>(pairs + (a < b ? 0 : 8), LANE_FILLS);
  for (let k = min<i32>(a, b); k < max<i32>(a, b); k++) {
    const trade = fills + ((<usize>k) << 3);
    store<i32>(trade, 0);
    store<i32>(trade, 1, 4);
  }
}
