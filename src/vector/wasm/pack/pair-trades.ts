import {
  FRAME_ENTRY,
  FRAME_GROSS,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_RATE,
  FRAME_RISK_FREE,
  FRAME_RUNNING,
  RULE_BYTES,
  RULE_VALUE,
  RUNNING_BYTES,
  T_COMMISSION,
  T_RULES,
  T_SCALE,
  T_TRADED,
} from "../layout";
import {
  BARS_BYTES,
  CARRIED_ENDS,
  CARRIED_SOLD,
  FRAME_ALL_IN,
  FRAME_FEW,
  FRAME_PAIRS,
  LANE_BOUGHT,
  LANE_FILLS,
  LANE_TURNS,
  PAIR_BOUND,
  PAIR_CASH,
  PAIR_COMMISSION,
  PAIR_DOWNSIDE,
  PAIR_ENDS,
  PAIR_EXCESS,
  PAIR_FIRST,
  PAIR_FLAT,
  PAIR_GAINS,
  PAIR_HELD,
  PAIR_LAST,
  PAIR_LEAST,
  PAIR_LOSSES,
  PAIR_LOW,
  PAIR_REST,
  PAIR_SOLD,
  PAIR_SQUARES,
  PAIR_TRADED,
  PAIR_TRADES,
  PAIR_UNITS,
  PRICES_BYTES,
  TRADES_BYTES,
} from "../pair-layout";

/** Equity within these loses no bits to the range of numbers. */
const SMALL: f64 = 1e-150;
const LARGE: f64 = 1e150;

/** A number of both trials. */
export function both(a: usize, b: usize, offset: usize): v128 {
  return v128.load64_lane(b + offset, v128.load64_splat(a + offset), 1);
}

export function keep(a: usize, b: usize, offset: usize, value: v128): void {
  v128.store64_lane(a + offset, value, 0);
  v128.store64_lane(b + offset, value, 1);
}

/** What TwoSum leaves over of `a + x`. */
export function rest(a: v128, x: v128, sum: v128): v128 {
  const b = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, b)), f64x2.sub(x, b));
}

/** All bits where a number is negative. */
function negative(a: i32, b: i32): v128 {
  return i64x2.replace_lane(i64x2.splat(<i64>(a >> 31)), 1, <i64>(b >> 31));
}

/** The largest close of the chunk, in both lanes. */
function largestClose(largest: usize, length: i32): v128 {
  const level = 31 - <i32>clz(length);
  const at = largest + ((<usize>level) << 13);
  const second = at + ((<usize>(length - (1 << level))) << 3);
  return f64x2.pmax(v128.load64_splat(at), v128.load64_splat(second));
}

/** The least closes of two stretches of bars. */
function leastCloses(least: usize, fromA: i32, toA: i32, fromB: i32, toB: i32): v128 {
  const levelA = 31 - <i32>clz(toA - fromA);
  const levelB = 31 - <i32>clz(toB - fromB);
  const a = least + ((<usize>levelA) << 13);
  const b = least + ((<usize>levelB) << 13);
  const begins = both(a + ((<usize>fromA) << 3), b + ((<usize>fromB) << 3), 0);
  const ends = both(
    a + ((<usize>(toA - (1 << levelA))) << 3),
    b + ((<usize>(toB - (1 << levelB))) << 3),
    0,
  );
  return f64x2.pmin(begins, ends);
}

/** Whether a trial's trades are such as {@link makeTrades} makes: purchases of all that money buys. */
export function buysAll(trial: usize): bool {
  const rule = trial + T_RULES + <usize>load<i32>(FRAME_ENTRY) * RULE_BYTES;
  return (
    load<i32>(FRAME_ALL_IN) !== 0 &&
    load<f64>(rule, RULE_VALUE) === 1 &&
    load<f64>(trial, T_SCALE) === 1 &&
    load<f64>(FRAME_RATE) <= 1
  );
}

/**
 * Makes the trades of both trials, with what `takeTurns` reckons of one: the account, returns, extremes of equity.
 *
 * @returns false where equity comes near 0 or the largest number: else every order can be paid, and all of it is in the asset
 */
export function makeTrades(a: usize, b: usize, length: i32, closes: usize): bool {
  if (load<i32>(FRAME_FEW) !== 0) {
    if (!runAccounts<Few>(a, b, length, closes)) return false;
    sumReturns<Few>(length);
    return true;
  }
  if (!runAccounts<All>(a, b, length, closes)) return false;
  sumReturns<All>(length);
  return true;
}

// What is asked for, as types: the code for what is not asked for is left out when the pack is built.
type All = i64;
type Few = i32;

/** Whether all sums are asked for. */
function asksAll<T>(): bool {
  return sizeof<T>() === 8;
}

/** Money, units, returns of first and last bars and profits, trade by trade; then the extremes of equity. */
function runAccounts<T>(a: usize, b: usize, length: i32, closes: usize): bool {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turnsA = load<i32>(pairs, LANE_TURNS);
  const turnsB = load<i32>(pairs, LANE_TURNS + 8);
  const turns = max<i32>(turnsA, turnsB);
  const fillsA = <usize>load<u32>(pairs, LANE_FILLS);
  const fillsB = <usize>load<u32>(pairs, LANE_FILLS + 8);
  const boughtA = <usize>load<u32>(pairs, LANE_BOUGHT);
  const boughtB = <usize>load<u32>(pairs, LANE_BOUGHT + 8);
  const least = <usize>load<u32>(FRAME_LEAST);
  const highest = largestClose(<usize>load<u32>(FRAME_LARGEST), length);
  const gross = f64x2.splat(load<f64>(FRAME_GROSS));
  const rate = f64x2.splat(load<f64>(FRAME_RATE));
  let cash = v128.load(pairs, PAIR_CASH);
  let units = v128.load(pairs, PAIR_UNITS);
  let money = v128.load(pairs, PAIR_REST);
  const closed = f64x2.mul(units, v128.load(pairs, CARRIED_SOLD));
  let commission = f64x2.add(both(a, b, T_COMMISSION), f64x2.mul(closed, rate));
  let traded = f64x2.add(both(a, b, T_TRADED), closed);
  let bound = f64x2.pmax(cash, f64x2.add(money, f64x2.mul(units, highest)));
  let lowest = carriedLeast(pairs, least, cash, money, units);
  for (let k = 0; k < turns; k++) {
    const bar = (<usize>k) << 2;
    const price = (<usize>k) << 3;
    const fillA = load<i32>(fillsA + bar);
    const fillB = load<i32>(fillsB + bar);
    const endA = load<i32>(pairs + bar, PAIR_ENDS);
    const endB = load<i32>(pairs + bar, PAIR_ENDS + BARS_BYTES);
    const toA = max<i32>(endA, fillA + 1);
    const toB = max<i32>(endB, fillB + 1);
    // A trial may have fewer trades than the other.
    const exists = negative(k - turnsA, k - turnsB);
    const ended = v128.and(exists, negative(endA - length, endB - length));
    // Of a trade that ends on the bar on which it begins no close is seen.
    const seen = negative(fillA - endA, fillB - endB);
    const bought = both(boughtA + price, boughtB + price, 0);
    const sold = both(pairs + price, pairs + price + PRICES_BYTES, PAIR_SOLD);
    units = f64x2.div(cash, f64x2.mul(bought, gross));
    const value = f64x2.mul(units, bought);
    const fee = f64x2.mul(value, rate);
    const back = f64x2.mul(units, sold);
    const charge = f64x2.mul(back, rate);
    money = f64x2.sub(f64x2.sub(cash, value), fee);
    const after = f64x2.sub(f64x2.add(money, back), charge);

    if (asksAll<T>()) {
      const paid = f64x2.add(fee, charge);
      const profit = f64x2.sub(f64x2.mul(units, f64x2.sub(sold, bought)), paid);
      const trade = pairs + <usize>(k + 1) * TRADES_BYTES;
      v128.store(trade, v128.and(profit, ended), PAIR_TRADES);
      v128.store(trade, f64x2.div(profit, value), PAIR_TRADES + 16);
      v128.store(trade, ended, PAIR_TRADES + 32);
      const charged = v128.and(charge, ended);
      commission = f64x2.add(f64x2.add(commission, v128.and(fee, exists)), charged);
      traded = f64x2.add(f64x2.add(traded, v128.and(value, exists)), v128.and(back, ended));
    }

    const opened = both(closes + ((<usize>fillA) << 3), closes + ((<usize>fillB) << 3), 0);
    const now = f64x2.add(money, f64x2.mul(units, opened));
    const last = both(closes + ((<usize>toA) << 3) - 8, closes + ((<usize>toB) << 3) - 8, 0);
    const held = f64x2.add(money, f64x2.mul(units, last));
    const before = v128.bitselect(held, cash, seen);
    const left = v128.bitselect(after, before, ended);
    const slot = pairs + ((<usize>(k + 1)) << 4);
    v128.store(slot, v128.and(f64x2.div(f64x2.sub(now, cash), cash), seen), PAIR_FIRST);
    v128.store(slot, f64x2.div(f64x2.sub(left, before), before), PAIR_LAST);
    v128.store(slot, v128.bitselect(after, money, ended), PAIR_CASH);
    v128.store(slot, money, PAIR_REST);
    v128.store(slot, units, PAIR_UNITS);

    const bottom = f64x2.add(money, f64x2.mul(units, leastCloses(least, fillA, toA, fillB, toB)));
    const top = f64x2.add(money, f64x2.mul(units, highest));
    bound = f64x2.pmax(bound, f64x2.pmax(left, v128.bitselect(top, cash, seen)));
    lowest = f64x2.pmin(lowest, f64x2.pmin(left, v128.bitselect(bottom, cash, seen)));
    // After a trade that stays open come none but those that do not exist, and move nothing.
    cash = v128.bitselect(after, cash, ended);
  }
  v128.store(pairs, bound, PAIR_BOUND);
  v128.store(pairs, lowest, PAIR_LEAST);
  v128.store(pairs, commission, PAIR_COMMISSION);
  v128.store(pairs, traded, PAIR_TRADED);
  const fine = v128.and(f64x2.gt(lowest, f64x2.splat(SMALL)), f64x2.lt(bound, f64x2.splat(LARGE)));
  return v128.all_true<i64>(fine);
}

/** The least equity of slot 0. */
function carriedLeast(pairs: usize, least: usize, cash: v128, money: v128, units: v128): v128 {
  const endA = load<i32>(pairs, CARRIED_ENDS);
  const endB = load<i32>(pairs, CARRIED_ENDS + 8);
  const seen = negative(-endA, -endB);
  const close = leastCloses(least, 0, max<i32>(endA, 1), 0, max<i32>(endB, 1));
  const bottom = f64x2.add(money, f64x2.mul(units, close));
  return f64x2.pmin(cash, v128.bitselect(bottom, cash, seen));
}

/** The sums of the block: returns of the first bar, of the asset, and of the last bar, trade by trade. */
function sumReturns<T>(length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turns = max<i32>(load<i32>(pairs, LANE_TURNS), load<i32>(pairs, LANE_TURNS + 8));
  const fillsA = <usize>load<u32>(pairs, LANE_FILLS);
  const fillsB = <usize>load<u32>(pairs, LANE_FILLS + 8);
  const running = <usize>load<u32>(FRAME_RUNNING);
  const rf = f64x2.splat(load<f64>(FRAME_RISK_FREE));
  const none = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  let heldA = load<i32>(pairs, CARRIED_ENDS);
  let heldB = load<i32>(pairs, CARRIED_ENDS + 8);
  let flatA = length - heldA;
  let flatB = length - heldB;
  let lastA = running + <usize>heldA * RUNNING_BYTES;
  let lastB = running + <usize>heldB * RUNNING_BYTES;
  let r = v128.load(pairs, PAIR_LAST);
  let rows = f64x2.ne(r, none);
  let x = v128.and(f64x2.sub(r, rf), rows);
  let loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
  const begin = both(lastA, lastB, 0);
  let excess = f64x2.add(begin, x);
  let low = rest(begin, x, excess);
  let gains = f64x2.add(both(lastA, lastB, 8), f64x2.add(x, loss));
  let losses = f64x2.add(both(lastA, lastB, 16), loss);
  let squares = f64x2.add(both(lastA, lastB, 24), f64x2.mul(r, r));
  let downside = f64x2.add(both(lastA, lastB, 32), f64x2.mul(loss, loss));
  for (let k = 0; k < turns; k++) {
    const bar = (<usize>k) << 2;
    const slot = pairs + ((<usize>(k + 1)) << 4);
    const fillA = load<i32>(fillsA + bar);
    const fillB = load<i32>(fillsB + bar);
    const endA = load<i32>(pairs + bar, PAIR_ENDS);
    const endB = load<i32>(pairs + bar, PAIR_ENDS + BARS_BYTES);
    const toA = max<i32>(endA, fillA + 1);
    const toB = max<i32>(endB, fillB + 1);
    heldA += endA - fillA;
    heldB += endB - fillB;
    flatA -= toA - fillA - 1;
    flatB -= toB - fillB - 1;

    r = v128.load(slot, PAIR_FIRST);
    let moved = f64x2.ne(r, none);
    x = v128.and(f64x2.sub(r, rf), moved);
    let sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.mul(r, r));
    if (asksAll<T>()) {
      loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
      gains = f64x2.add(gains, f64x2.add(x, loss));
      losses = f64x2.add(losses, loss);
      downside = f64x2.add(downside, f64x2.mul(loss, loss));
    }
    rows = i64x2.add(rows, moved);

    const firstA = running + <usize>(fillA + 1) * RUNNING_BYTES;
    const firstB = running + <usize>(fillB + 1) * RUNNING_BYTES;
    lastA = running + <usize>toA * RUNNING_BYTES;
    lastB = running + <usize>toB * RUNNING_BYTES;
    x = f64x2.sub(both(lastA, lastB, 0), both(firstA, firstB, 0));
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.sub(both(lastA, lastB, 24), both(firstA, firstB, 24)));
    if (asksAll<T>()) {
      gains = f64x2.add(gains, f64x2.sub(both(lastA, lastB, 8), both(firstA, firstB, 8)));
      losses = f64x2.add(losses, f64x2.sub(both(lastA, lastB, 16), both(firstA, firstB, 16)));
      downside = f64x2.add(downside, f64x2.sub(both(lastA, lastB, 32), both(firstA, firstB, 32)));
    }

    r = v128.load(slot, PAIR_LAST);
    moved = f64x2.ne(r, none);
    x = v128.and(f64x2.sub(r, rf), moved);
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.mul(r, r));
    if (asksAll<T>()) {
      loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
      gains = f64x2.add(gains, f64x2.add(x, loss));
      losses = f64x2.add(losses, loss);
      downside = f64x2.add(downside, f64x2.mul(loss, loss));
    }
    rows = i64x2.add(rows, moved);
  }
  v128.store(pairs, excess, PAIR_EXCESS);
  v128.store(pairs, low, PAIR_LOW);
  v128.store(pairs, gains, PAIR_GAINS);
  v128.store(pairs, losses, PAIR_LOSSES);
  v128.store(pairs, squares, PAIR_SQUARES);
  v128.store(pairs, downside, PAIR_DOWNSIDE);
  // `rows` counts downwards.
  store<f64>(pairs, <f64>(<i64>flatA + i64x2.extract_lane(rows, 0)), PAIR_FLAT);
  store<f64>(pairs, <f64>(<i64>flatB + i64x2.extract_lane(rows, 1)), PAIR_FLAT + 8);
  store<i64>(pairs, <i64>heldA, PAIR_HELD);
  store<i64>(pairs, <i64>heldB, PAIR_HELD + 8);
}
