import {
  DISTANCE_HITS,
  FRAME_EXIT_LISTS,
  HIT_BARS,
  HIT_BY_FILL,
  HIT_PRICES,
  HITS_BYTES,
  OWN_HITS,
  TURN_BOUGHT,
  TURN_END,
  TURN_FILL,
  TURN_SIGNAL,
  TURN_SOLD,
  X_STOP,
  X_TARGET,
} from "../exit-layout";
import {
  FRAME_AT_CLOSE,
  FRAME_EXIT_MASK,
  FRAME_PRICE,
  FRAME_SELL,
  FRAME_START,
  GIVEN_UP,
  T_ANY,
  T_EXITS,
  T_OP_COUNT,
  T_PENDING,
  T_UNITS,
} from "../layout";
import {
  BARS_BYTES,
  FRAME_PAIRS,
  LANE_ENDS,
  LANE_FILLS,
  LANE_PENDING,
  LANE_TURNS,
  PAIR_BOUGHT,
  PAIR_ENDS,
  PAIR_SOLD,
  PAIR_STEP,
  PRICES_BYTES,
} from "../pair-layout";
import { firstEnd, list, listTurns, turns } from "./exit-lists";
import {
  areKnown,
  exitPrice,
  firstStop,
  firstTarget,
  firstTouch,
  stopLevel,
  stopPrice,
  stopsFirst,
  targetLevel,
  targetPrice,
} from "./exits";
import { carryHeld, carryNothing } from "./pair-carry";
import { bookPair } from "./pair-sums";
import { buysAll, tradeExits } from "./pair-trades";
import { onTick } from "./ticks";

/**
 * Runs two trials over a chunk side by side where both have the same signals and put all their money into each trade:
 * their trades begin on the same bars and end on bars that depend on the exits alone.
 *
 * @returns false, with both trials as they were, where this is not so
 */
export function runPair(a: usize, b: usize, chunk: i32, length: i32): bool {
  const entries = entriesOf(a);
  const exits = exitsOf(a);
  if (entriesOf(b) !== entries || exitsOf(b) !== exits || !mayRun(a) || !mayRun(b)) return false;
  if (load<i32>(FRAME_START) > chunk) return false;
  const wait = load<i32>(FRAME_AT_CLOSE) !== 0 ? 0 : 1;
  if (!listTurns(entries, exits, chunk, length, wait)) return false;
  if (!carry(a, 0, chunk, length, wait) || !carry(b, 8, chunk, length, wait)) return false;
  if (!choose(a, 0, chunk, length, wait) || !choose(b, 1, chunk, length, wait)) return false;
  shareEntries(0);
  shareEntries(8);
  if (!tradeExits(a, b, chunk, length)) return false;
  bookPair(a, b, chunk, length);
  return true;
}

/** Both trials take the trades of the list. */
function shareEntries(lane: usize): void {
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  const lists = load<u32>(FRAME_EXIT_LISTS);
  store<i32>(at, turns, LANE_TURNS);
  store<u32>(at, lists + TURN_FILL, LANE_FILLS);
  store<u32>(at, <u32>(at - lane) + PAIR_ENDS + <u32>(lane >> 3) * BARS_BYTES, LANE_ENDS);
  store<i32>(at - lane, 2, PAIR_STEP);
  store<u32>(at - lane, lists + TURN_BOUGHT, PAIR_BOUGHT);
  store<u32>(at, 0, LANE_PENDING);
}

function entriesOf(trial: usize): usize {
  return <usize>load<u32>(trial, T_ANY + 4);
}

function exitsOf(trial: usize): usize {
  return <usize>load<u32>(trial + <usize>load<u32>(FRAME_EXIT_MASK));
}

function mayRun(trial: usize): bool {
  return (
    buysAll(trial) &&
    (load<i32>(trial) & GIVEN_UP) === 0 &&
    load<i32>(trial, T_OP_COUNT) === 0 &&
    load<u32>(trial, T_PENDING) === 0
  );
}

/** What the trial held as the chunk began. */
function carry(trial: usize, lane: usize, chunk: i32, length: i32, wait: i32): bool {
  if (load<f64>(trial, T_UNITS) === 0) return carryNothing(trial, lane);
  const lists = <usize>load<u32>(FRAME_EXIT_LISTS);
  if (turns > 0 && firstEnd >= load<i32>(lists, TURN_FILL) - wait) return false;
  const touch = firstTouch(trial, 0, length);
  const end = touch <= firstEnd ? touch : firstEnd + wait;
  if (end >= length) return false;
  const bars = (<usize>(chunk + end)) << 3;
  const sold =
    touch <= firstEnd
      ? exitPrice(trial, true, chunk + end)
      : onTick(load<f64>(<usize>load<u32>(FRAME_PRICE) + bars) * load<f64>(FRAME_SELL), false);
  return carryHeld(trial, lane, end, sold, chunk);
}

/** The bar on which each trade of a trial ends, and what a unit brings there: four trades at a time. */
function choose(trial: usize, which: usize, chunk: i32, length: i32, wait: i32): bool {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const lists = <usize>load<u32>(FRAME_EXIT_LISTS);
  const exits = <usize>load<u32>(trial, T_EXITS);
  const own = lists + OWN_HITS + which * 2 * HITS_BYTES;
  const stops = lookUp(exits, X_STOP, own, chunk, length, wait);
  const targets = lookUp(exits, X_TARGET, own + HITS_BYTES, chunk, length, wait);
  if (stops === 0 || targets === 0) return false;
  const ends = pairs + PAIR_ENDS + which * BARS_BYTES;
  const sold = pairs + PAIR_SOLD + which * PRICES_BYTES;
  const behind = i32x4.splat(length);
  for (let k = 0; k < turns; k += 4) {
    const bar = (<usize>k) << 2;
    const stop = v128.load(stops + bar, HIT_BARS);
    const target = v128.load(targets + bar, HIT_BARS);
    const signal = v128.load(lists + bar, TURN_SIGNAL);
    let byStop = i32x4.lt_s(stop, target);
    const ties = v128.and(i32x4.eq(stop, target), i32x4.lt_s(stop, behind));
    if (v128.any_true(v128.andnot(ties, i32x4.gt_s(stop, signal))))
      byStop = v128.or(byStop, stopFirsts(exits, k, chunk, stops, ties));
    const hit = v128.bitselect(stop, target, byStop);
    const byRule = i32x4.gt_s(hit, signal);
    v128.store(ends + bar, v128.bitselect(v128.load(lists + bar, TURN_END), hit, byRule));
    const price = bar << 1;
    for (let half: usize = 0; half < 2; half++) {
      const at = price + (half << 4);
      const low = half === 0;
      const level = v128.bitselect(
        v128.load(stops + at, HIT_PRICES),
        v128.load(targets + at, HIT_PRICES),
        low ? i64x2.extend_low_i32x4_s(byStop) : i64x2.extend_high_i32x4_s(byStop),
      );
      const rule = low ? i64x2.extend_low_i32x4_s(byRule) : i64x2.extend_high_i32x4_s(byRule);
      v128.store(sold + at, v128.bitselect(v128.load(lists + at, TURN_SOLD), level, rule));
    }
  }
  return true;
}

/** Which of four trades whose bars reach both levels end by their stops. */
function stopFirsts(exits: usize, first: i32, chunk: i32, stops: usize, ties: v128): v128 {
  const bits = i32x4.bitmask(ties);
  let byStop = i32x4.splat(0);
  for (let j = 0; j < 4; j++) {
    const k = first + j;
    if (((bits >> j) & 1) === 0 || k >= turns) continue;
    const bar = load<i32>(stops + ((<usize>k) << 2), HIT_BARS);
    if (!isStop(exits, k, chunk, bar)) continue;
    const one = i32x4.splat(j);
    const places = i32x4(0, 1, 2, 3);
    byStop = v128.or(byStop, i32x4.eq(one, places));
  }
  return byStop;
}

/** Whether a bar that reaches both levels of a trade ends it by the stop. */
function isStop(exits: usize, k: i32, chunk: i32, bar: i32): bool {
  const lists = <usize>load<u32>(FRAME_EXIT_LISTS);
  const bought = load<f64>(lists + ((<usize>k) << 3), TURN_BOUGHT);
  const fill = load<i32>(lists + ((<usize>k) << 2), TURN_FILL);
  const stop = stopLevel(exits, bought, fill, 1);
  return stopsFirst(stop, targetLevel(exits, bought, fill, 1), true, chunk + bar);
}

/** Where a level is hit after each entry of the list; 0 where an order would be refused as its level is not known. */
function lookUp(exits: usize, which: usize, own: usize, chunk: i32, length: i32, wait: i32): usize {
  const shared = <usize>load<u32>(exits + which, DISTANCE_HITS);
  const table = shared !== 0 ? shared : own;
  if (shared !== 0 && load<i32>(shared) === list) return shared;
  const lists = <usize>load<u32>(FRAME_EXIT_LISTS);
  for (let k = 0; k < turns; k++) {
    const bought = load<f64>(lists + ((<usize>k) << 3), TURN_BOUGHT);
    const fill = load<i32>(lists + ((<usize>k) << 2), TURN_FILL);
    if (!areKnown(exits, fill)) return 0;
    const known = table + HIT_BY_FILL + ((<usize>fill) << 1);
    let hit: i32 = shared !== 0 ? load<u16>(known) : 0;
    let price: f64 = 0;
    if (which === X_STOP) {
      const level = stopLevel(exits, bought, fill, 1);
      if (hit === 0) hit = firstStop(level, true, fill + 1 - wait, length);
      if (hit < length) price = stopPrice(level, true, chunk + hit);
    } else {
      const level = targetLevel(exits, bought, fill, 1);
      if (hit === 0) hit = firstTarget(level, true, fill + 1 - wait, length);
      if (hit < length) price = targetPrice(level, true, chunk + hit);
    }
    store<u16>(known, <u16>hit);
    store<i32>(table + ((<usize>k) << 2), hit, HIT_BARS);
    store<f64>(table + ((<usize>k) << 3), price, HIT_PRICES);
  }
  store<i32>(table, list);
  return table;
}
