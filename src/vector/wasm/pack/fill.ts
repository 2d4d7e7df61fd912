import {
  FRAME_BUY,
  FRAME_EXACT,
  FRAME_GROSS,
  FRAME_RATE,
  FRAME_SELL,
  FRESH,
  GIVEN_UP,
  RULE_KIND,
  RULE_SIDE,
  RULE_VALUE,
  SIZE_CLOSE,
  SIZE_PERCENT,
  SIZE_QUANTITY,
  T_BARS_HELD,
  T_CASH,
  T_COMMISSION,
  T_ENTRY,
  T_ENTRY_BAR,
  T_LOT,
  T_SCALE,
  T_TRADED,
  T_UNITS,
} from "../layout";
import { pass } from "./account";
import { onTick } from "./ticks";
import { keepTrade } from "./trades";

/** Relative tolerance of affordability, and of a sized exit that means the whole position: see `broker.ts`. */
export const TOLERANCE: f64 = 1e-9;

let mayOpen = true;

/** Says whether orders may open a position: one whose exits are not known is refused. */
export function letOpen(may: bool): void {
  mayOpen = may;
}

/**
 * Fills a market order of a rule at the bar's price, or leaves it: what `Broker.fill` does, for one lot at a time.
 * Before it changes the account, the bars from `passed` on are accounted for.
 * @returns the bar up to which they are
 */
export function fill(
  trial: usize,
  rule: usize,
  price: f64,
  bar: i32,
  passed: i32,
  chunk: i32,
): i32 {
  const buys = load<i32>(rule, RULE_SIDE) > 0;
  const sign: f64 = buys ? 1 : -1;
  const units = load<f64>(trial, T_UNITS);
  const scale = load<f64>(trial, T_SCALE);
  const paid = onTick(price * load<f64>(buys ? FRAME_BUY : FRAME_SELL), buys);
  const cash = load<f64>(trial, T_CASH);
  const opposite: f64 = sign * units < 0 ? -sign * units : 0;
  const order = orderUnits(rule, paid, opposite, cash, units, scale);
  if (!(order > 0 && order < Infinity)) return passed;
  if (units === 0) {
    const value = per(order, scale) * paid;
    if (!mayOpen || !opens(cash, value)) return passed;
    pass(trial, passed, bar, chunk);
    enter(trial, order, paid, chunk + bar);
    settle(trial, cash, sign, value, sign * order);
    return bar;
  }
  if (order === opposite) {
    closeAll(trial, paid, bar, passed, chunk);
    return bar;
  }
  return fillHeld(trial, order, opposite, sign, paid, bar, passed, chunk);
}

/** An order that meets a position without closing it exactly. */
function fillHeld(
  trial: usize,
  order: f64,
  opposite: f64,
  sign: f64,
  paid: f64,
  bar: i32,
  passed: i32,
  chunk: i32,
): i32 {
  const units = load<f64>(trial, T_UNITS);
  const scale = load<f64>(trial, T_SCALE);
  const cash = load<f64>(trial, T_CASH);
  const closing = min<f64>(order, opposite);
  const opening = order - closing;
  if (opening > 0) {
    if (!mayOpen || !affords(paid, order, closing, sign, cash, units, scale)) return passed;
    if (opposite === 0) {
      // A second lot.
      store<i32>(trial, load<i32>(trial) | GIVEN_UP);
      return passed;
    }
  }
  pass(trial, passed, bar, chunk);
  const flattens = closing === opposite;
  let filled = order;
  if (flattens) trade(trial, load<f64>(trial, T_LOT), -sign, chunk + bar, paid, scale);
  else filled = closePart(trial, closing, -sign, chunk + bar, paid, scale);
  if (opening > 0) enter(trial, opening, paid, chunk + bar);
  const left: f64 = flattens ? 0 : units;
  const value = per(filled, scale) * paid;
  settle(trial, cash, sign, value, left + sign * (flattens ? opening : filled));
  return bar;
}

/** Closes the whole position at `price`, the bars from `passed` on accounted for first. */
export function closeAll(trial: usize, price: f64, bar: i32, passed: i32, chunk: i32): void {
  const units = load<f64>(trial, T_UNITS);
  const scale = load<f64>(trial, T_SCALE);
  const sign: f64 = units > 0 ? 1 : -1;
  pass(trial, passed, bar, chunk);
  trade(trial, load<f64>(trial, T_LOT), sign, chunk + bar, price, scale);
  settle(trial, load<f64>(trial, T_CASH), -sign, per(abs(units), scale) * price, 0);
}

function enter(trial: usize, units: f64, price: f64, bar: i32): void {
  store<f64>(trial, units, T_LOT);
  store<f64>(trial, price, T_ENTRY);
  store<i32>(trial, bar, T_ENTRY_BAR);
}

/** Pays for a fill of that value; `units`: the position after it. */
function settle(trial: usize, cash: f64, sign: f64, value: f64, units: f64): void {
  const fee = abs(value) * load<f64>(FRAME_RATE);
  store<f64>(trial, cash - sign * value - fee, T_CASH);
  store<f64>(trial, units, T_UNITS);
  store<f64>(trial, load<f64>(trial, T_COMMISSION) + fee, T_COMMISSION);
  store<f64>(trial, load<f64>(trial, T_TRADED) + abs(value), T_TRADED);
  store<i32>(trial, load<i32>(trial) | FRESH);
}

/** Division by 1 takes its time, and most quantities are whole. */
export function per(units: f64, scale: f64): f64 {
  return scale === 1 ? units : units / scale;
}

/** Whether cash pays for a first lot of that value. */
function opens(cash: f64, value: f64): bool {
  const needed = value + value * load<f64>(FRAME_RATE);
  return needed - cash <= TOLERANCE * needed;
}

function orderUnits(
  rule: usize,
  price: f64,
  opposite: f64,
  cash: f64,
  position: f64,
  scale: f64,
): f64 {
  const kind = load<i32>(rule, RULE_KIND);
  if (kind === SIZE_CLOSE) return opposite;
  const size = load<f64>(rule, RULE_VALUE);
  let units = size;
  if (kind !== SIZE_QUANTITY) {
    let money = size;
    // The size is the percentage ÷ 100.
    if (kind === SIZE_PERCENT)
      money = size * (position === 0 ? cash : cash + per(position, scale) * price);
    units = (money / (price * load<f64>(FRAME_GROSS))) * scale;
  }
  if (opposite === 0 || load<i32>(FRAME_EXACT) !== 0) return units;
  return abs(units - opposite) <= TOLERANCE * opposite ? opposite : units;
}

function affords(
  price: f64,
  order: f64,
  closing: f64,
  sign: f64,
  cash: f64,
  units: f64,
  scale: f64,
): bool {
  const rate = load<f64>(FRAME_RATE);
  const closed = (closing / scale) * price;
  const left = cash - sign * closed - abs(closed) * rate;
  const short: f64 = sign < 0 && closing === 0 ? abs(units / scale) : 0;
  const available = left - 2 * short * abs(price);
  const value = abs(((order - closing) / scale) * price);
  const needed = value + value * rate;
  return needed - available <= TOLERANCE * needed;
}

/** Closes a part of the lot; returns the units closed, which meet its end where they come within the tolerance. */
function closePart(trial: usize, units: f64, side: f64, bar: i32, price: f64, scale: f64): f64 {
  const tolerance: f64 = load<i32>(FRAME_EXACT) !== 0 ? 0 : TOLERANCE;
  const lot = load<f64>(trial, T_LOT);
  const whole = units >= lot * (1 - tolerance);
  const part = whole ? lot : units;
  trade(trial, part, side, bar, price, scale);
  store<f64>(trial, lot - part, T_LOT);
  return part;
}

/** A closed trade; it is added to the trial's sums at the end of the chunk. */
function trade(trial: usize, units: f64, side: f64, bar: i32, price: f64, scale: f64): void {
  const quantity = per(units, scale);
  const entry = load<f64>(trial, T_ENTRY);
  const rate = load<f64>(FRAME_RATE);
  const gross = side * quantity * (price - entry);
  const worth = abs(quantity * entry);
  const profit = gross - (worth * rate + abs(quantity * price) * rate);
  keepTrade(profit, profit / worth);
  const held = <f64>(bar - load<i32>(trial, T_ENTRY_BAR));
  store<f64>(trial, load<f64>(trial, T_BARS_HELD) + held, T_BARS_HELD);
}
