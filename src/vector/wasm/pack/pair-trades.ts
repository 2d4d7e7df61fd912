import { FRAME_ENTRY, FRAME_RATE, RULE_BYTES, RULE_VALUE, T_RULES, T_SCALE } from "../layout";
import { FRAME_ALL_IN, FRAME_FEW } from "../pair-layout";
import { runAccounts } from "./pair-accounts";
import { sumReturns } from "./pair-returns";

// The types of `pair-kinds.ts`.
type All = i64;
type Few = i32;
type Signals = i64;
type Exits = i32;

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
 * Makes the trades of both trials by their events, with what `takeTurns` reckons of one: the account, returns, extremes
 * of equity.
 *
 * @returns false where equity comes near 0 or the largest number: else every order can be paid, and all of it is in the asset
 */
export function tradeSignals(a: usize, b: usize, chunk: i32, length: i32): bool {
  return makeTrades<Signals>(a, b, chunk, length);
}

/** As {@link tradeSignals}, of trades that exits may have ended. */
export function tradeExits(a: usize, b: usize, chunk: i32, length: i32): bool {
  return makeTrades<Exits>(a, b, chunk, length);
}

function makeTrades<S>(a: usize, b: usize, chunk: i32, length: i32): bool {
  if (load<i32>(FRAME_FEW) !== 0) {
    if (!runAccounts<Few, S>(a, b, chunk, length)) return false;
    sumReturns<Few, S>(length);
    return true;
  }
  if (!runAccounts<All, S>(a, b, chunk, length)) return false;
  sumReturns<All, S>(length);
  return true;
}
