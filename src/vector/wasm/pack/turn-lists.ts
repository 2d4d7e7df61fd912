import {
  FRAME_AT_CLOSE,
  FRAME_BUY,
  FRAME_EXIT_MASK,
  FRAME_PRICE,
  FRAME_SELL,
  T_ANY,
  T_ONLY,
  T_PENDING,
  T_UNITS,
} from "../layout";
import {
  BARS_BYTES,
  EVENTS,
  FRAME_PAIRS,
  LANE_BOUGHT,
  LANE_FILLS,
  LANE_PENDING,
  LANE_TURNS,
  PAIR_BOUGHT,
  PAIR_ENDS,
  PAIR_FILLS,
  PAIR_SOLD,
  PRICES_BYTES,
} from "../pair-layout";
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
  const wait = load<i32>(FRAME_AT_CLOSE) !== 0 ? 0 : 1;
  const isHeld = load<f64>(trial, T_UNITS) !== 0;
  const pending = load<u32>(trial, T_PENDING) !== 0;
  const events = <usize>load<u32>(FRAME_PAIRS) + EVENTS;
  let next = events;
  if (pending) {
    store<i32>(next, 0);
    next += 4;
  }
  next = listEvents(trial, next, isHeld !== pending, wait, length);
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
  const bars = (<usize>chunk) << 3;
  const prices = <usize>load<u32>(FRAME_PRICE) + bars;
  let from = events;
  if (isHeld) {
    const end = load<i32>(from);
    const sold = load<f64>(prices + ((<usize>end) << 3)) * load<f64>(FRAME_SELL);
    if (!carryHeld(trial, lane, end, sold, chunk)) return ALONE;
    from += 4;
    count--;
  } else if (!carryNothing(trial, lane)) return ALONE;
  fillLists(lane, from, count, prices, length);
  return LISTED;
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

/** @param events bars of the fills, entry and exit in turn; `count` of them */
function fillLists(lane: usize, events: usize, count: i32, prices: usize, length: i32): void {
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  const which = lane >> 3;
  const pairs = at - lane;
  const fills = pairs + which * BARS_BYTES + PAIR_FILLS;
  const ends = pairs + which * BARS_BYTES + PAIR_ENDS;
  const bought = pairs + which * PRICES_BYTES + PAIR_BOUGHT;
  const sold = pairs + which * PRICES_BYTES + PAIR_SOLD;
  const buy = load<f64>(FRAME_BUY);
  const sell = load<f64>(FRAME_SELL);
  const turns = (count + 1) >> 1;
  store<i32>(events + ((<usize>count) << 2), length);
  for (let k = 0; k < turns; k++) {
    const event = events + ((<usize>k) << 3);
    const fill = load<i32>(event);
    const end = load<i32>(event, 4);
    store<i32>(fills + ((<usize>k) << 2), fill);
    store<i32>(ends + ((<usize>k) << 2), end);
    store<f64>(bought + ((<usize>k) << 3), load<f64>(prices + ((<usize>fill) << 3)) * buy);
    // A position that stays open is not sold: what stands behind the chunk, or before its last bar, is as good.
    const last = min<i32>(end, length - 1);
    store<f64>(sold + ((<usize>k) << 3), load<f64>(prices + ((<usize>last) << 3)) * sell);
  }
  store<i32>(at, turns, LANE_TURNS);
  store<u32>(at, <u32>fills, LANE_FILLS);
  store<u32>(at, <u32>bought, LANE_BOUGHT);
}

/** Pads the shorter of both lists with trades that are none: of no bars, at a price. */
export function evenLists(): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const a = load<i32>(pairs, LANE_TURNS);
  const b = load<i32>(pairs, LANE_TURNS + 8);
  const which: usize = a < b ? 0 : 1;
  for (let k = min<i32>(a, b); k < max<i32>(a, b); k++) {
    const bar = pairs + which * BARS_BYTES + ((<usize>k) << 2);
    const price = pairs + which * PRICES_BYTES + ((<usize>k) << 3);
    store<i32>(bar, 0, PAIR_FILLS);
    store<i32>(bar, 0, PAIR_ENDS);
    store<f64>(price, 1, PAIR_BOUGHT);
    store<f64>(price, 1, PAIR_SOLD);
  }
}
