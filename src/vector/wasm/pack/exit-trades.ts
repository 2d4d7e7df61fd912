import {
  CARRIED_ENDS,
  CARRIED_SOLD,
  ENDS_BYTES,
  FRAME_PAIRS,
  PAIR_CASH,
  PAIR_COMMISSION,
  PAIR_DOWNSIDE,
  PAIR_ENDS,
  PAIR_EXCESS,
  PAIR_FLAT,
  PAIR_GAINS,
  PAIR_HELD,
  PAIR_LARGEST,
  PAIR_LEAST,
  PAIR_LOSSES,
  PAIR_LOW,
  PAIR_REST,
  PAIR_RETURNS,
  PAIR_SOLD,
  PAIR_SQUARES,
  PAIR_TRADED,
  PAIR_TRADES,
  PAIR_UNITS,
  RUN_LARGEST,
  RUN_LEAST,
  SOLD_BYTES,
  TRADES_BYTES,
  TURN_BOUGHT,
  TURN_FILL,
} from "../exit-layout";
import {
  FRAME_CLOSE,
  FRAME_GROSS,
  FRAME_RATE,
  FRAME_RISK_FREE,
  FRAME_RUNNING,
  RUNNING_BYTES,
  T_COMMISSION,
  T_TRADED,
} from "../layout";
import { turns } from "./exit-lists";

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

/**
 * Makes the trades of both trials, with what `takeTurns` reckons of one: the account, returns, extremes of equity.
 *
 * @returns false where equity comes near 0 or the largest number: else every order can be paid, and all of it is in the asset
 */
export function makeTrades(a: usize, b: usize, chunk: i32, length: i32): bool {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  const running = <usize>load<u32>(FRAME_RUNNING);
  const gross = f64x2.splat(load<f64>(FRAME_GROSS));
  const rate = f64x2.splat(load<f64>(FRAME_RATE));
  const rf = f64x2.splat(load<f64>(FRAME_RISK_FREE));
  const none = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  let cash = v128.load(pairs, PAIR_CASH);

  const endsA = pairs + PAIR_ENDS;
  const endsB = endsA + ENDS_BYTES;
  const soldA = pairs + PAIR_SOLD;
  const soldB = soldA + SOLD_BYTES;

  // Slot 0: the stretch of what was carried, the bar of its end.
  let endA = load<i32>(pairs, CARRIED_ENDS);
  let endB = load<i32>(pairs, CARRIED_ENDS + 8);
  const bars = endA + endB;
  let heldA = endA;
  let heldB = endB;
  let flatA = length - endA;
  let flatB = length - endB;
  let lastA = running + <usize>endA * RUNNING_BYTES;
  let lastB = running + <usize>endB * RUNNING_BYTES;
  let r = v128.load(pairs, PAIR_RETURNS);
  let x = v128.load(pairs, PAIR_RETURNS + 16);
  let loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
  let before = both(lastA, lastB, 0);
  let excess = f64x2.add(before, x);
  let low = rest(before, x, excess);
  let gains = f64x2.add(both(lastA, lastB, 8), f64x2.add(x, loss));
  let losses = f64x2.add(both(lastA, lastB, 16), loss);
  let squares = f64x2.add(both(lastA, lastB, 24), f64x2.mul(r, r));
  let downside = f64x2.add(both(lastA, lastB, 32), f64x2.mul(loss, loss));
  let rows = f64x2.ne(r, none);
  let units = v128.load(pairs, PAIR_UNITS);
  let money = v128.load(pairs, PAIR_REST);
  const closed = f64x2.mul(units, v128.load(pairs, CARRIED_SOLD));
  let commission = f64x2.add(both(a, b, T_COMMISSION), f64x2.mul(closed, rate));
  let traded = f64x2.add(both(a, b, T_TRADED), closed);
  let largest = cash;
  let least = cash;
  if (bars > 0) {
    const at = pairs + ((<usize>(max<i32>(endA, 1) - 1)) << 3);
    const other = pairs + ((<usize>(max<i32>(endB, 1) - 1)) << 3);
    const seen = negative(-endA, -endB);
    const top = f64x2.add(money, f64x2.mul(units, both(at, other, RUN_LARGEST)));
    const bottom = f64x2.add(money, f64x2.mul(units, both(at, other, RUN_LEAST)));
    largest = f64x2.pmax(largest, v128.bitselect(top, cash, seen));
    least = f64x2.pmin(least, v128.bitselect(bottom, cash, seen));
  }

  for (let k = 0; k < turns; k++) {
    const slot = pairs + ((<usize>(k + 1)) << 4);
    const fill = load<i32>(pairs + ((<usize>k) << 2), TURN_FILL);
    endA = load<i32>(endsA + ((<usize>k) << 2));
    endB = load<i32>(endsB + ((<usize>k) << 2));
    const toA = max<i32>(endA, fill + 1);
    const toB = max<i32>(endB, fill + 1);
    heldA += endA - fill;
    heldB += endB - fill;
    flatA -= toA - fill - 1;
    flatB -= toB - fill - 1;
    const ended = negative(endA - length, endB - length);
    // Of a trade that ends on the bar on which it begins no close is seen.
    const seen = negative(fill - endA, fill - endB);
    const bought = v128.load64_splat(pairs + ((<usize>k) << 3), TURN_BOUGHT);
    const sold = both(soldA + ((<usize>k) << 3), soldB + ((<usize>k) << 3), 0);
    units = f64x2.div(cash, f64x2.mul(bought, gross));
    const value = f64x2.mul(units, bought);
    const fee = f64x2.mul(value, rate);
    money = f64x2.sub(f64x2.sub(cash, value), fee);
    const worth = f64x2.mul(units, v128.load64_splat(closes + ((<usize>fill) << 3)));
    const now = v128.bitselect(f64x2.add(money, worth), cash, seen);
    const back = f64x2.mul(units, sold);
    const charge = f64x2.mul(back, rate);
    const after = f64x2.sub(f64x2.add(money, back), charge);
    const closeA = closes + ((<usize>toA) << 3) - 8;
    const closeB = closes + ((<usize>toB) << 3) - 8;
    const held = f64x2.add(money, f64x2.mul(units, both(closeA, closeB, 0)));
    before = v128.bitselect(held, cash, seen);
    const left = v128.bitselect(after, before, ended);

    const moved = f64x2.ne(now, cash);
    r = f64x2.div(f64x2.sub(now, cash), cash);
    x = v128.and(f64x2.sub(r, rf), moved);
    loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
    let sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    gains = f64x2.add(gains, f64x2.add(x, loss));
    losses = f64x2.add(losses, loss);
    squares = f64x2.add(squares, f64x2.mul(r, r));
    downside = f64x2.add(downside, f64x2.mul(loss, loss));
    rows = i64x2.add(rows, moved);

    const first = running + <usize>(fill + 1) * RUNNING_BYTES;
    lastA = running + <usize>toA * RUNNING_BYTES;
    lastB = running + <usize>toB * RUNNING_BYTES;
    x = f64x2.sub(both(lastA, lastB, 0), v128.load64_splat(first));
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    gains = f64x2.add(gains, f64x2.sub(both(lastA, lastB, 8), v128.load64_splat(first, 8)));
    losses = f64x2.add(losses, f64x2.sub(both(lastA, lastB, 16), v128.load64_splat(first, 16)));
    squares = f64x2.add(squares, f64x2.sub(both(lastA, lastB, 24), v128.load64_splat(first, 24)));
    downside = f64x2.add(downside, f64x2.sub(both(lastA, lastB, 32), v128.load64_splat(first, 32)));

    const final = f64x2.ne(left, before);
    r = f64x2.div(f64x2.sub(left, before), before);
    x = v128.and(f64x2.sub(r, rf), final);
    loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    gains = f64x2.add(gains, f64x2.add(x, loss));
    losses = f64x2.add(losses, loss);
    squares = f64x2.add(squares, f64x2.mul(r, r));
    downside = f64x2.add(downside, f64x2.mul(loss, loss));
    rows = i64x2.add(rows, final);

    const trades = pairs + <usize>(k + 1) * TRADES_BYTES;
    const profit = f64x2.sub(f64x2.mul(units, f64x2.sub(sold, bought)), f64x2.add(fee, charge));
    v128.store(trades, v128.and(profit, ended), PAIR_TRADES);
    v128.store(trades, f64x2.div(profit, value), PAIR_TRADES + 16);
    v128.store(trades, ended, PAIR_TRADES + 32);
    commission = f64x2.add(f64x2.add(commission, fee), v128.and(charge, ended));
    traded = f64x2.add(f64x2.add(traded, value), v128.and(back, ended));

    const at = pairs + ((<usize>toA) << 3) - 8;
    const other = pairs + ((<usize>toB) << 3) - 8;
    const top = f64x2.add(money, f64x2.mul(units, both(at, other, RUN_LARGEST)));
    const bottom = f64x2.add(money, f64x2.mul(units, both(at, other, RUN_LEAST)));
    largest = f64x2.pmax(largest, f64x2.pmax(left, v128.bitselect(top, cash, seen)));
    least = f64x2.pmin(least, f64x2.pmin(left, v128.bitselect(bottom, cash, seen)));
    cash = v128.bitselect(after, money, ended);
    v128.store(slot, cash, PAIR_CASH);
    v128.store(slot, money, PAIR_REST);
    v128.store(slot, units, PAIR_UNITS);
  }
  v128.store(pairs, excess, PAIR_EXCESS);
  v128.store(pairs, low, PAIR_LOW);
  v128.store(pairs, gains, PAIR_GAINS);
  v128.store(pairs, losses, PAIR_LOSSES);
  v128.store(pairs, squares, PAIR_SQUARES);
  v128.store(pairs, downside, PAIR_DOWNSIDE);
  v128.store(pairs, largest, PAIR_LARGEST);
  v128.store(pairs, least, PAIR_LEAST);
  v128.store(pairs, commission, PAIR_COMMISSION);
  v128.store(pairs, traded, PAIR_TRADED);
  // `rows` counts downwards.
  store<f64>(pairs, <f64>(<i64>flatA + i64x2.extract_lane(rows, 0)), PAIR_FLAT);
  store<f64>(pairs, <f64>(<i64>flatB + i64x2.extract_lane(rows, 1)), PAIR_FLAT + 8);
  store<i64>(pairs, <i64>heldA, PAIR_HELD);
  store<i64>(pairs, <i64>heldB, PAIR_HELD + 8);
  const fine = v128.and(f64x2.gt(least, f64x2.splat(SMALL)), f64x2.lt(largest, f64x2.splat(LARGE)));
  return v128.all_true<i64>(fine);
}
