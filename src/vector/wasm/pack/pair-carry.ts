import { ALL_IN, FRAME_CLOSE, FRAME_RATE, T_BEFORE, T_CASH, T_ENTRY, T_UNITS } from "../layout";
import {
  CARRIED_ENDS,
  CARRIED_SOLD,
  FRAME_PAIRS,
  PAIR_CASH,
  PAIR_LAST,
  PAIR_REST,
  PAIR_TRADES,
  PAIR_UNITS,
} from "../pair-layout";

// Slot 0 of a trial: what it held as the chunk began is left, or there was nothing.

/** @returns false where the last bar's return is not reckoned yet */
export function carryNothing(trial: usize, lane: usize): bool {
  const cash = load<f64>(trial, T_CASH);
  if (cash !== load<f64>(trial, T_BEFORE)) return false;
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  store<f64>(at, cash, PAIR_REST);
  store<f64>(at, 0, PAIR_UNITS);
  store<i64>(at, 0, PAIR_TRADES + 32);
  keepEnd(at, 0, 0, cash, 0);
  keepProfit(at, 0, 0);
  return true;
}

/** @returns false where not all was in the asset, or equity is not above 0 */
export function carryHeld(trial: usize, lane: usize, end: i32, sold: f64, chunk: i32): bool {
  const units = load<f64>(trial, T_UNITS);
  if (units < 0 || (load<i32>(trial) & ALL_IN) === 0) return false;
  const rest = load<f64>(trial, T_CASH);
  const rate = load<f64>(FRAME_RATE);
  const value = units * load<f64>(trial, T_ENTRY);
  const closed = units * sold;
  const cash = rest + closed - closed * rate;
  const profit = units * (sold - load<f64>(trial, T_ENTRY)) - (value * rate + closed * rate);
  let before = load<f64>(trial, T_BEFORE);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>(chunk + end)) << 3);
  if (end > 0) before = rest + units * load<f64>(closes - 8);
  if (!(before > 0 && cash > 0)) return false;
  const at = <usize>load<u32>(FRAME_PAIRS) + lane;
  store<f64>(at, rest, PAIR_REST);
  store<f64>(at, units, PAIR_UNITS);
  store<i64>(at, -1, PAIR_TRADES + 32);
  keepEnd(at, end, sold, cash, (cash - before) / before);
  keepProfit(at, profit, profit / value);
  return true;
}

function keepEnd(at: usize, end: i32, sold: f64, cash: f64, r: f64): void {
  store<i32>(at, end, CARRIED_ENDS);
  store<f64>(at, sold, CARRIED_SOLD);
  store<f64>(at, cash, PAIR_CASH);
  store<f64>(at, r, PAIR_LAST);
}

function keepProfit(at: usize, profit: f64, ratio: f64): void {
  store<f64>(at, profit, PAIR_TRADES);
  store<f64>(at, ratio, PAIR_TRADES + 16);
}
