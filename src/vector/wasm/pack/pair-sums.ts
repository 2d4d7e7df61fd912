import {
  ALL_IN,
  FRAME_BUY,
  FRAME_CLOSE,
  FRAME_PRICE,
  FRAME_RISK_FREE,
  FRESH,
  T_BARS_HELD,
  T_BEFORE,
  T_BEST,
  T_CASH,
  T_CLOSED,
  T_COMMISSION,
  T_ENTRY,
  T_ENTRY_BAR,
  T_EXITS,
  T_HELD_BARS,
  T_LOSSES,
  T_LOT,
  T_PEAK,
  T_PENDING,
  T_PIVOT,
  T_SUMS,
  T_TRADED,
  T_TRADES,
  T_TROUGH,
  T_UNITS,
  T_WINS,
  T_WORST,
} from "../layout";
import {
  CARRIED_ENDS,
  FRAME_FEW,
  FRAME_PAIRS,
  LANE_ENDS,
  LANE_FILLS,
  LANE_PENDING,
  LANE_TURNS,
  PAIR_BOUGHT,
  PAIR_BOUND,
  PAIR_CASH,
  PAIR_COMMISSION,
  PAIR_DOWNSIDE,
  PAIR_EXCESS,
  PAIR_FLAT,
  PAIR_GAINS,
  PAIR_HELD,
  PAIR_LEAST,
  PAIR_LOSSES,
  PAIR_LOW,
  PAIR_REST,
  PAIR_SQUARES,
  PAIR_STEP,
  PAIR_TRADED,
  PAIR_TRADES,
  PAIR_UNITS,
  TRADES_BYTES,
} from "../pair-layout";
import { draw, drawFlat } from "./drawdown";
import { placeLevels } from "./exits";
import { both, keep, rest } from "./pair-lanes";

/** Books what {@link makeTrades} made: sums of returns and of trades, drawdowns, then the account as the chunk ends. */
export function bookPair(a: usize, b: usize, chunk: i32, length: i32): void {
  joinReturns(a, b);
  if (load<i32>(FRAME_FEW) === 0) sumTrades(a, b);
  countTrades(a, 0, length);
  countTrades(b, 8, length);
  bookTrial(a, 0, chunk, length);
  bookTrial(b, 8, chunk, length);
}

/** Joins the sums of the block to the trials', as `closeBlock` does. */
function join(a: usize, b: usize, offset: usize, high: v128, low: v128): void {
  const total = both(a, b, T_SUMS + offset);
  const sum = f64x2.add(total, high);
  const error = both(a, b, T_SUMS + offset + 40);
  keep(a, b, T_SUMS + offset + 40, f64x2.add(error, f64x2.add(rest(total, high, sum), low)));
  keep(a, b, T_SUMS + offset, sum);
}

function joinReturns(a: usize, b: usize): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const rf = load<f64>(FRAME_RISK_FREE);
  const fall = max<f64>(rf, 0);
  const bars = v128.load(pairs, PAIR_FLAT);
  const low = v128.load(pairs, PAIR_LOW);
  join(a, b, 0, v128.load(pairs, PAIR_EXCESS), f64x2.sub(low, f64x2.mul(bars, f64x2.splat(rf))));
  join(a, b, 24, v128.load(pairs, PAIR_SQUARES), f64x2.splat(0));
  if (load<i32>(FRAME_FEW) !== 0) return;
  join(a, b, 8, v128.load(pairs, PAIR_GAINS), f64x2.mul(bars, f64x2.splat(fall - rf)));
  join(a, b, 16, v128.load(pairs, PAIR_LOSSES), f64x2.mul(bars, f64x2.splat(fall)));
  join(a, b, 32, v128.load(pairs, PAIR_DOWNSIDE), f64x2.mul(bars, f64x2.splat(fall * fall)));
}

/** The trial's first closed trade, which deviations are taken from. */
function pivot(trial: usize, lane: usize): void {
  if (load<i32>(trial, T_CLOSED) > 0) return;
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  const turns = load<i32>(at, LANE_TURNS);
  for (let slot = 0; slot <= turns; slot++) {
    const trades = at + <usize>slot * TRADES_BYTES;
    if (load<i64>(trades, PAIR_TRADES + 32) === 0) continue;
    store<f64>(trial, load<f64>(trades, PAIR_TRADES), T_PIVOT);
    return;
  }
}

/** Closed trades, as `sumTrades` of stats adds them. */
function sumTrades(a: usize, b: usize): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turns = max<i32>(load<i32>(pairs, LANE_TURNS), load<i32>(pairs, LANE_TURNS + 8));
  const none = f64x2.splat(0);
  pivot(a, 0);
  pivot(b, 8);
  const first = both(a, b, T_PIVOT);
  let won = both(a, b, T_TRADES);
  let lost = both(a, b, T_TRADES + 8);
  let pnl = both(a, b, T_TRADES + 16);
  let returns = both(a, b, T_TRADES + 24);
  let off = both(a, b, T_TRADES + 32);
  let squares = both(a, b, T_TRADES + 40);
  let wonLow = both(a, b, T_TRADES + 48);
  let lostLow = both(a, b, T_TRADES + 56);
  let pnlLow = both(a, b, T_TRADES + 64);
  let returnsLow = both(a, b, T_TRADES + 72);
  let offLow = both(a, b, T_TRADES + 80);
  let squaresLow = both(a, b, T_TRADES + 88);
  let best = both(a, b, T_BEST);
  let worst = both(a, b, T_WORST);
  let wins = i64x2.splat(0);
  let losses = i64x2.splat(0);
  for (let slot = 0; slot <= turns; slot++) {
    const trades = pairs + <usize>slot * TRADES_BYTES;
    const profit = v128.load(trades, PAIR_TRADES);
    const ratio = v128.load(trades, PAIR_TRADES + 16);
    const ended = v128.load(trades, PAIR_TRADES + 32);
    const opposite = f64x2.neg(profit);
    wins = i64x2.sub(wins, f64x2.gt(profit, none));
    losses = i64x2.sub(losses, f64x2.lt(profit, none));
    best = v128.bitselect(ratio, best, v128.andnot(ended, f64x2.le(ratio, best)));
    worst = v128.bitselect(ratio, worst, v128.andnot(ended, f64x2.ge(ratio, worst)));
    let x = f64x2.pmax(none, profit);
    let sum = f64x2.add(won, x);
    wonLow = f64x2.add(wonLow, rest(won, x, sum));
    won = sum;
    x = f64x2.pmax(none, opposite);
    sum = f64x2.add(lost, x);
    lostLow = f64x2.add(lostLow, rest(lost, x, sum));
    lost = sum;
    sum = f64x2.add(pnl, profit);
    pnlLow = f64x2.add(pnlLow, rest(pnl, profit, sum));
    pnl = sum;
    x = v128.and(ratio, ended);
    sum = f64x2.add(returns, x);
    returnsLow = f64x2.add(returnsLow, rest(returns, x, sum));
    returns = sum;
    x = v128.and(f64x2.sub(profit, first), ended);
    sum = f64x2.add(off, x);
    offLow = f64x2.add(offLow, rest(off, x, sum));
    off = sum;
    x = f64x2.mul(x, x);
    sum = f64x2.add(squares, x);
    squaresLow = f64x2.add(squaresLow, rest(squares, x, sum));
    squares = sum;
  }
  keep(a, b, T_TRADES, won);
  keep(a, b, T_TRADES + 8, lost);
  keep(a, b, T_TRADES + 16, pnl);
  keep(a, b, T_TRADES + 24, returns);
  keep(a, b, T_TRADES + 32, off);
  keep(a, b, T_TRADES + 40, squares);
  keep(a, b, T_TRADES + 48, wonLow);
  keep(a, b, T_TRADES + 56, lostLow);
  keep(a, b, T_TRADES + 64, pnlLow);
  keep(a, b, T_TRADES + 72, returnsLow);
  keep(a, b, T_TRADES + 80, offLow);
  keep(a, b, T_TRADES + 88, squaresLow);
  keep(a, b, T_BEST, best);
  keep(a, b, T_WORST, worst);
  count(a, T_WINS, i64x2.extract_lane(wins, 0));
  count(b, T_WINS, i64x2.extract_lane(wins, 1));
  count(a, T_LOSSES, i64x2.extract_lane(losses, 0));
  count(b, T_LOSSES, i64x2.extract_lane(losses, 1));
}

function count(trial: usize, offset: usize, more: i64): void {
  store<i32>(trial + offset, load<i32>(trial + offset) + <i32>more);
}

function countTrades(trial: usize, lane: usize, length: i32): void {
  const turns = load<i32>(<usize>load<u32>(FRAME_PAIRS) + lane, LANE_TURNS);
  const carried = load<f64>(trial, T_UNITS) !== 0 ? 1 : 0;
  const open = endOf(turns, lane) === length ? 1 : 0;
  store<i32>(trial, load<i32>(trial, T_CLOSED) + turns + carried - open, T_CLOSED);
}

function endOf(slot: i32, lane: usize): i32 {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  if (slot === 0) return load<i32>(pairs + lane, CARRIED_ENDS);
  return barOf(slot, lane, LANE_ENDS);
}

/** Bar of the fill of a slot that is not the first. */
function fillOf(slot: i32, lane: usize): i32 {
  return barOf(slot, lane, LANE_FILLS);
}

function barOf(slot: i32, lane: usize, bars: usize): i32 {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const step = load<i32>(pairs, PAIR_STEP);
  return load<i32>(<usize>load<u32>(pairs + lane + bars) + ((<usize>(slot - 1)) << step));
}

/** What a unit of a slot that is not the first was bought at. */
function boughtOf(slot: i32, fill: i32, chunk: i32): f64 {
  const shared = <usize>load<u32>(<usize>load<u32>(FRAME_PAIRS), PAIR_BOUGHT);
  if (shared !== 0) return load<f64>(shared + ((<usize>(slot - 1)) << 3));
  const price = <usize>load<u32>(FRAME_PRICE) + ((<usize>(chunk + fill)) << 3);
  return load<f64>(price) * load<f64>(FRAME_BUY);
}

/** The drawdown of a chunk that may meet the peak of equity, trade by trade. */
function redraw(trial: usize, lane: usize, chunk: i32, length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  let bar = 0;
  let cash: f64 = 0;
  const turns = load<i32>(pairs + lane, LANE_TURNS);
  for (let slot = 0; slot <= turns; slot++) {
    const at = pairs + ((<usize>slot) << 4) + lane;
    const end = endOf(slot, lane);
    if (slot > 0) {
      const fill = fillOf(slot, lane);
      if (fill > bar) drawFlat(trial, chunk + bar, chunk + fill, cash);
      bar = fill;
    }
    const money = load<f64>(at, PAIR_REST);
    if (end > bar) draw(trial, bar, end, chunk, closes, money, load<f64>(at, PAIR_UNITS));
    bar = end;
    cash = load<f64>(at, PAIR_CASH);
  }
  if (bar < length) drawFlat(trial, chunk + bar, chunk + length, cash);
}

function bookTrial(trial: usize, lane: usize, chunk: i32, length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const at = pairs + lane;
  const turns = load<i32>(at, LANE_TURNS);
  const least = load<f64>(at, PAIR_LEAST);
  if (load<f64>(at, PAIR_BOUND) >= load<f64>(trial, T_PEAK)) redraw(trial, lane, chunk, length);
  else if (least < load<f64>(trial, T_TROUGH)) store<f64>(trial, least, T_TROUGH);
  const end = endOf(turns, lane);
  const held = <f64>load<i64>(at, PAIR_HELD);
  const isOpen = end === length;
  let inTrades = held;
  if (load<f64>(trial, T_UNITS) !== 0) inTrades += <f64>(chunk - load<i32>(trial, T_ENTRY_BAR));
  if (isOpen) inTrades -= <f64>(end - fillOf(turns, lane));
  store<f64>(trial, load<f64>(at, PAIR_COMMISSION), T_COMMISSION);
  store<f64>(trial, load<f64>(at, PAIR_TRADED), T_TRADED);
  store<i32>(trial, load<i32>(trial, T_HELD_BARS) + <i32>held, T_HELD_BARS);
  store<f64>(trial, load<f64>(trial, T_BARS_HELD) + inTrades, T_BARS_HELD);
  store<u32>(trial, load<u32>(at, LANE_PENDING), T_PENDING);
  settle(trial, lane, turns, isOpen, chunk, length);
}

/** The account as the chunk ends. */
function settle(
  trial: usize,
  lane: usize,
  turns: i32,
  isOpen: bool,
  chunk: i32,
  length: i32,
): void {
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>(chunk + length)) << 3);
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  const last = at + ((<usize>turns) << 4);
  const cash = load<f64>(last, PAIR_CASH);
  const units: f64 = isOpen ? load<f64>(last, PAIR_UNITS) : 0;
  store<f64>(trial, cash, T_CASH);
  store<f64>(trial, units, T_UNITS);
  store<f64>(trial, isOpen ? cash + units * load<f64>(closes - 8) : cash, T_BEFORE);
  const flags = load<i32>(trial) & ~(FRESH | ALL_IN);
  store<i32>(trial, isOpen ? flags | ALL_IN : flags | FRESH);
  if (!isOpen) return;
  const fill = fillOf(turns, lane);
  store<f64>(trial, units, T_LOT);
  store<f64>(trial, boughtOf(turns, fill, chunk), T_ENTRY);
  store<i32>(trial, chunk + fill, T_ENTRY_BAR);
  if (load<u32>(trial, T_EXITS) !== 0) placeLevels(trial, fill, chunk);
}
