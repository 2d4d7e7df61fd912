import {
  FRAME_BUY,
  FRAME_EXACT,
  FRAME_RATE,
  FRAME_SELL,
  FRESH,
  GIVEN_UP,
  RULE_KIND,
  RULE_SIDE,
  RULE_VALUE,
  SIZE_CASH,
  SIZE_CLOSE,
  SIZE_QUANTITY,
  T_BARS_HELD,
  T_BEST,
  T_CASH,
  T_CLOSED,
  T_COMMISSION,
  T_ENTRY,
  T_ENTRY_BAR,
  T_LOSSES,
  T_LOT,
  T_PIVOT,
  T_SCALE,
  T_TRADED,
  T_TRADES,
  T_UNITS,
  T_WINS,
  T_WORST,
} from "../layout";
import { pass } from "./account";

/** Relative tolerance of affordability, and of a sized exit that means the whole position: see `broker.ts`. */
const TOLERANCE: f64 = 1e-9;

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
  const paid = price * load<f64>(buys ? FRAME_BUY : FRAME_SELL);
  const rate = load<f64>(FRAME_RATE);
  const cash = load<f64>(trial, T_CASH);
  const opposite = max<f64>(0, -sign * units);
  const order = orderUnits(rule, paid, opposite, cash, units, scale, rate);
  if (!(order > 0 && order < Infinity)) return passed;
  const closing = min<f64>(order, opposite);
  const opening = order - closing;
  if (opening > 0) {
    if (!affords(paid, order, closing, sign, cash, units, scale, rate)) return passed;
    if (opposite === 0 && units !== 0) {
      // A second lot.
      store<i32>(trial, load<i32>(trial) | GIVEN_UP);
      return passed;
    }
  }

  pass(trial, passed, bar, chunk);
  const flattens = closing > 0 && closing === opposite;
  let filled = order;
  if (flattens) {
    trade(trial, load<f64>(trial, T_LOT), -sign, chunk + bar, paid, scale, rate);
  } else if (closing > 0) filled = closePart(trial, closing, -sign, chunk + bar, paid, scale, rate);
  if (opening > 0) {
    store<f64>(trial, opening, T_LOT);
    store<f64>(trial, paid, T_ENTRY);
    store<i32>(trial, chunk + bar, T_ENTRY_BAR);
  }
  const value = (filled / scale) * paid;
  const fee = abs(value) * rate;
  store<f64>(trial, cash - sign * value - fee, T_CASH);
  store<f64>(trial, (flattens ? 0 : units) + sign * (flattens ? opening : filled), T_UNITS);
  store<f64>(trial, load<f64>(trial, T_COMMISSION) + fee, T_COMMISSION);
  store<f64>(trial, load<f64>(trial, T_TRADED) + abs(value), T_TRADED);
  store<i32>(trial, load<i32>(trial) | FRESH);
  return bar;
}

function orderUnits(
  rule: usize,
  price: f64,
  opposite: f64,
  cash: f64,
  position: f64,
  scale: f64,
  rate: f64,
): f64 {
  const kind = load<i32>(rule, RULE_KIND);
  if (kind === SIZE_CLOSE) return opposite;
  const size = load<f64>(rule, RULE_VALUE);
  let units: f64;
  if (kind === SIZE_QUANTITY) units = size;
  else if (kind === SIZE_CASH) units = (size / (price * (1 + rate))) * scale;
  else {
    const equity = cash + (position / scale) * price;
    units = (((size / 100) * equity) / (price * (1 + rate))) * scale;
  }
  const whole =
    load<i32>(FRAME_EXACT) === 0 && abs(units - opposite) <= TOLERANCE * opposite && opposite > 0;
  return whole ? opposite : units;
}

function affords(
  price: f64,
  order: f64,
  closing: f64,
  sign: f64,
  cash: f64,
  units: f64,
  scale: f64,
  rate: f64,
): bool {
  const closed = (closing / scale) * price;
  const left = cash - sign * closed - abs(closed) * rate;
  const short: f64 = sign < 0 && closing === 0 ? abs(units / scale) : 0;
  const available = left - 2 * short * abs(price);
  const value = abs(((order - closing) / scale) * price);
  const needed = value + value * rate;
  return needed - available <= TOLERANCE * needed;
}

/** Closes a part of the lot; returns the units closed, which meet its end where they come within the tolerance. */
function closePart(
  trial: usize,
  units: f64,
  side: f64,
  bar: i32,
  price: f64,
  scale: f64,
  rate: f64,
): f64 {
  const tolerance = load<i32>(FRAME_EXACT) !== 0 ? 0 : TOLERANCE;
  const lot = load<f64>(trial, T_LOT);
  const whole = units >= lot * (1 - tolerance);
  const part = whole ? lot : units;
  trade(trial, part, side, bar, price, scale, rate);
  store<f64>(trial, lot - part, T_LOT);
  return part;
}

/** Adds a closed trade to the trial's sums, as `sumTrades` does. */
function trade(
  trial: usize,
  units: f64,
  side: f64,
  bar: i32,
  price: f64,
  scale: f64,
  rate: f64,
): void {
  const quantity = units / scale;
  const entry = load<f64>(trial, T_ENTRY);
  const gross = side * quantity * (price - entry);
  const worth = abs(quantity * entry);
  const profit = gross - (worth * rate + abs(quantity * price) * rate);
  const ratio = profit / worth;
  const count = load<i32>(trial, T_CLOSED) + 1;
  store<i32>(trial, count, T_CLOSED);
  store<f64>(
    trial,
    load<f64>(trial, T_BARS_HELD) + <f64>(bar - load<i32>(trial, T_ENTRY_BAR)),
    T_BARS_HELD,
  );
  const sums = trial + T_TRADES;
  if (profit < 0) {
    store<i32>(trial, load<i32>(trial, T_LOSSES) + 1, T_LOSSES);
    join(sums + 8, -profit);
  } else {
    if (profit > 0) store<i32>(trial, load<i32>(trial, T_WINS) + 1, T_WINS);
    join(sums, abs(profit));
  }
  join(sums + 16, profit);
  join(sums + 24, ratio);
  if (count === 1) store<f64>(trial, profit, T_PIVOT);
  const off = profit - load<f64>(trial, T_PIVOT);
  join(sums + 32, off);
  join(sums + 40, off * off);
  if (!(ratio <= load<f64>(trial, T_BEST))) store<f64>(trial, ratio, T_BEST);
  if (!(ratio >= load<f64>(trial, T_WORST))) store<f64>(trial, ratio, T_WORST);
}

/** Adds to one of the six sums, whose error stands 48 bytes behind. */
function join(at: usize, value: f64): void {
  const a = load<f64>(at);
  const sum = a + value;
  const b = sum - a;
  store<f64>(at, load<f64>(at, 48) + (a - (sum - b) + (value - b)), 48);
  store<f64>(at, sum);
}
