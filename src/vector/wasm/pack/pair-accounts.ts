import {
  FRAME_BUY,
  FRAME_CLOSE,
  FRAME_GROSS,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_PRICE,
  FRAME_RATE,
  FRAME_SELL,
  T_COMMISSION,
  T_TRADED,
} from "../layout";
import {
  CARRIED_ENDS,
  CARRIED_SOLD,
  FRAME_PAIRS,
  LANE_ENDS,
  LANE_FILLS,
  LANE_TURNS,
  PAIR_BOUGHT,
  PAIR_BOUND,
  PAIR_CASH,
  PAIR_COMMISSION,
  PAIR_FIRST,
  PAIR_LAST,
  PAIR_LEAST,
  PAIR_REST,
  PAIR_SOLD,
  PAIR_TRADED,
  PAIR_TRADES,
  PAIR_UNITS,
  PRICES_BYTES,
  TRADES_BYTES,
} from "../pair-layout";
import { areSignals, asksAll, stepOf } from "./pair-kinds";
import { at, both, largestClose, leastCloses, negative } from "./pair-lanes";

/** Equity within these loses no bits to the range of numbers. */
const SMALL: f64 = 1e-150;
const LARGE: f64 = 1e150;

// Which trades there are, as types too: such that both trials make and close, or any.
type Closed = i64;
type Any = i32;

function areClosed<P>(): bool {
  return sizeof<P>() === 8;
}

/** As many closed trades are worth a loop of their own. */
const SEVERAL = 4;

/** Money, units, returns of first and last bars and profits, trade by trade; then the extremes of equity. */
export function runAccounts<T, S>(a: usize, b: usize, chunk: i32, length: i32): bool {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turnsA = load<i32>(pairs, LANE_TURNS);
  const turnsB = load<i32>(pairs, LANE_TURNS + 8);
  carryIn(a, b, length);
  // The last trade of a list may stay open.
  const closed = min<i32>(turnsA, turnsB) - 1;
  const from = closed < SEVERAL ? 0 : closed;
  if (from > 0) runTrades<T, S, Closed>(0, from, chunk, length);
  runTrades<T, S, Any>(from, max<i32>(turnsA, turnsB), chunk, length);
  const fine = v128.and(
    f64x2.gt(v128.load(pairs, PAIR_LEAST), f64x2.splat(SMALL)),
    f64x2.lt(v128.load(pairs, PAIR_BOUND), f64x2.splat(LARGE)),
  );
  return v128.all_true<i64>(fine);
}

/** What is known of both accounts before their first trades: of slot 0. */
function carryIn(a: usize, b: usize, length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const least = <usize>load<u32>(FRAME_LEAST);
  const highest = largestClose(<usize>load<u32>(FRAME_LARGEST), length);
  const rate = f64x2.splat(load<f64>(FRAME_RATE));
  const cash = v128.load(pairs, PAIR_CASH);
  const units = v128.load(pairs, PAIR_UNITS);
  const money = v128.load(pairs, PAIR_REST);
  const closed = f64x2.mul(units, v128.load(pairs, CARRIED_SOLD));
  v128.store(pairs, f64x2.add(both(a, b, T_COMMISSION), f64x2.mul(closed, rate)), PAIR_COMMISSION);
  v128.store(pairs, f64x2.add(both(a, b, T_TRADED), closed), PAIR_TRADED);
  v128.store(pairs, f64x2.pmax(cash, f64x2.add(money, f64x2.mul(units, highest))), PAIR_BOUND);
  v128.store(pairs, carriedLeast(pairs, least, cash, money, units), PAIR_LEAST);
}

/** Trades `from` to before `to` of both lists. */
function runTrades<T, S, P>(from: i32, to: i32, chunk: i32, length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turnsA = load<i32>(pairs, LANE_TURNS);
  const turnsB = load<i32>(pairs, LANE_TURNS + 8);
  const fillsA = <usize>load<u32>(pairs, LANE_FILLS);
  const fillsB = <usize>load<u32>(pairs, LANE_FILLS + 8);
  const endsA = <usize>load<u32>(pairs, LANE_ENDS);
  const endsB = <usize>load<u32>(pairs, LANE_ENDS + 8);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  const prices = <usize>load<u32>(FRAME_PRICE) + ((<usize>chunk) << 3);
  const shared = <usize>load<u32>(pairs, PAIR_BOUGHT);
  const buy = f64x2.splat(load<f64>(FRAME_BUY));
  const sell = f64x2.splat(load<f64>(FRAME_SELL));
  const least = <usize>load<u32>(FRAME_LEAST);
  const highest = largestClose(<usize>load<u32>(FRAME_LARGEST), length);
  const gross = f64x2.splat(load<f64>(FRAME_GROSS));
  const rate = f64x2.splat(load<f64>(FRAME_RATE));
  let cash = v128.load(pairs + ((<usize>from) << 4), PAIR_CASH);
  let commission = v128.load(pairs, PAIR_COMMISSION);
  let traded = v128.load(pairs, PAIR_TRADED);
  let bound = v128.load(pairs, PAIR_BOUND);
  let lowest = v128.load(pairs, PAIR_LEAST);
  for (let k = from; k < to; k++) {
    const bar = (<usize>k) << stepOf<S>();
    const fillA = load<i32>(fillsA + bar);
    const fillB = load<i32>(fillsB + bar);
    const endA = load<i32>(endsA + bar);
    const endB = load<i32>(endsB + bar);
    // Trades of signals hold at least a bar.
    const toA = areSignals<S>() ? endA : max<i32>(endA, fillA + 1);
    const toB = areSignals<S>() ? endB : max<i32>(endB, fillB + 1);
    // A trial may have fewer trades than the other.
    const exists = areClosed<P>() ? i64x2.splat(-1) : negative(k - turnsA, k - turnsB);
    const ended = areClosed<P>()
      ? exists
      : v128.and(exists, negative(endA - length, endB - length));
    // Of a trade that ends on the bar on which it begins no close is seen.
    const seen = areSignals<S>() ? exists : negative(fillA - endA, fillB - endB);
    let bought: v128;
    let sold: v128;
    if (areSignals<S>()) {
      bought = f64x2.mul(at(prices, fillA, fillB), buy);
      // A position that stays open is not sold: what stands before the chunk's end is as good as any.
      const soldA = areClosed<P>() ? endA : min<i32>(endA, length - 1);
      const soldB = areClosed<P>() ? endB : min<i32>(endB, length - 1);
      sold = f64x2.mul(at(prices, soldA, soldB), sell);
    } else {
      const price = (<usize>k) << 3;
      bought = v128.load64_splat(shared + price);
      sold = both(pairs + price, pairs + price + PRICES_BYTES, PAIR_SOLD);
    }
    const units = f64x2.div(cash, f64x2.mul(bought, gross));
    const value = f64x2.mul(units, bought);
    const fee = f64x2.mul(value, rate);
    const back = f64x2.mul(units, sold);
    const charge = f64x2.mul(back, rate);
    const money = f64x2.sub(f64x2.sub(cash, value), fee);
    const after = f64x2.sub(f64x2.add(money, back), charge);

    if (asksAll<T>()) {
      const paid = f64x2.add(fee, charge);
      const profit = f64x2.sub(f64x2.mul(units, f64x2.sub(sold, bought)), paid);
      const trade = pairs + <usize>(k + 1) * TRADES_BYTES;
      v128.store(trade, where<P>(profit, ended), PAIR_TRADES);
      v128.store(trade, f64x2.div(profit, value), PAIR_TRADES + 16);
      v128.store(trade, ended, PAIR_TRADES + 32);
      commission = f64x2.add(commission, where<P>(fee, exists));
      commission = f64x2.add(commission, where<P>(charge, ended));
      traded = f64x2.add(f64x2.add(traded, where<P>(value, exists)), where<P>(back, ended));
    }

    const opened = at(closes, fillA, fillB);
    const now = f64x2.add(money, f64x2.mul(units, opened));
    const last = at(closes - 8, toA, toB);
    const held = f64x2.add(money, f64x2.mul(units, last));
    const isSeen = areClosed<P>() && areSignals<S>();
    const before = isSeen ? held : v128.bitselect(held, cash, seen);
    const left = areClosed<P>() ? after : v128.bitselect(after, before, ended);
    const first = f64x2.div(f64x2.sub(now, cash), cash);
    const slot = pairs + ((<usize>(k + 1)) << 4);
    v128.store(slot, isSeen ? first : v128.and(first, seen), PAIR_FIRST);
    v128.store(slot, f64x2.div(f64x2.sub(left, before), before), PAIR_LAST);
    v128.store(slot, areClosed<P>() ? after : v128.bitselect(after, money, ended), PAIR_CASH);
    v128.store(slot, money, PAIR_REST);
    v128.store(slot, units, PAIR_UNITS);

    let bottom = f64x2.add(money, f64x2.mul(units, leastCloses(least, fillA, toA, fillB, toB)));
    let top = f64x2.add(money, f64x2.mul(units, highest));
    if (!isSeen) {
      top = v128.bitselect(top, cash, seen);
      bottom = v128.bitselect(bottom, cash, seen);
    }
    bound = f64x2.pmax(bound, f64x2.pmax(left, top));
    lowest = f64x2.pmin(lowest, f64x2.pmin(left, bottom));
    // After a trade that stays open come none but those that do not exist, and move nothing.
    cash = areClosed<P>() ? after : v128.bitselect(after, cash, ended);
  }
  v128.store(pairs, bound, PAIR_BOUND);
  v128.store(pairs, lowest, PAIR_LEAST);
  v128.store(pairs, commission, PAIR_COMMISSION);
  v128.store(pairs, traded, PAIR_TRADED);
}

/** A number of the trades that a mask has; of closed ones all. */
function where<P>(value: v128, mask: v128): v128 {
  return areClosed<P>() ? value : v128.and(value, mask);
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
