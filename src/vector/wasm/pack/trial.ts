import {
  FRAME_AT_CLOSE,
  FRAME_ENTRY,
  FRAME_PRICE,
  FRAME_RULES,
  FRAME_START,
  GIVEN_UP,
  RULE_BYTES,
  RULE_WHEN,
  T_ANY,
  T_CASH,
  T_ONLY,
  T_PENDING,
  T_RULES,
  T_UNITS,
} from "../layout";
import { closeBlock, openBlock, pass, restsFlat } from "./account";
import { drawFlat } from "./drawdown";
import { fill } from "./fill";
import { isEmpty, isSet, nextSet, own } from "./masks";
import { openTrades, sumTrades } from "./trades";
import { nextSignal, passed as passedByTurns, runTurns } from "./turns";

/** Runs a trial over a chunk by jumping from event to event, as `event-jump.ts` does; its masks are made. */
export function runSignals(trial: usize, chunk: i32, length: i32): void {
  let bar = max<i32>(0, load<i32>(FRAME_START) - chunk);
  if (bar >= length) return;
  if (rests(trial, bar, chunk, length)) return;
  openBlock();
  openTrades();
  let passed = bar;
  const pending = load<u32>(trial, T_PENDING);
  if (pending !== 0) {
    store<u32>(trial, 0, T_PENDING);
    passed = fillAll(trial, pending, bar, passed, chunk);
  }
  const wait = load<i32>(FRAME_AT_CLOSE) !== 0 ? 0 : 1;
  let hasTurns = load<i32>(FRAME_ENTRY) >= 0;
  while (true) {
    if (hasTurns && load<f64>(trial, T_UNITS) === 0) {
      hasTurns = false;
      runTurns(trial, bar, passed, wait, chunk, length);
      bar = nextSignal;
      passed = passedByTurns;
    }
    const state = (<usize>(signOf(load<f64>(trial, T_UNITS)) + 1)) << 2;
    bar = nextSet(own(<usize>load<u32>(trial + state, T_ANY)), bar, length);
    if (bar === length) break;
    const fired = rulesAt(trial, state, bar);
    if (bar + wait === length) {
      store<u32>(trial, fired, T_PENDING);
      break;
    }
    passed = fillAll(trial, fired, bar + wait, passed, chunk);
    if ((load<i32>(trial) & GIVEN_UP) !== 0) return;
    bar++;
  }
  pass(trial, passed, length, chunk);
  closeBlock(trial);
  sumTrades(trial);
}

/** Accounts for a chunk on which no rule fires; false where one may. */
function rests(trial: usize, bar: i32, chunk: i32, length: i32): bool {
  if (load<u32>(trial, T_PENDING) !== 0) return false;
  const state = (<usize>(signOf(load<f64>(trial, T_UNITS)) + 1)) << 2;
  if (!isEmpty(own(<usize>load<u32>(trial + state, T_ANY)), length)) return false;
  rest(trial, bar, chunk, length);
  return true;
}

/** Accounts for what is left of a chunk, on which no order fills. */
export function rest(trial: usize, bar: i32, chunk: i32, length: i32): void {
  if (load<f64>(trial, T_UNITS) === 0 && restsFlat(trial)) {
    drawFlat(trial, chunk + bar, chunk + length, load<f64>(trial, T_CASH));
    return;
  }
  openBlock();
  pass(trial, bar, length, chunk);
  closeBlock(trial);
}

export function signOf(units: f64): i32 {
  return i32(units > 0) - i32(units < 0);
}

/** The rules that fire on a bar on which any does, as bits. */
export function rulesAt(trial: usize, state: usize, bar: i32): u32 {
  const only = load<i32>(trial + state, T_ONLY);
  if (only >= 0) return (<u32>1) << only;
  const rules = load<i32>(FRAME_RULES);
  let rule = trial + T_RULES;
  let fired: u32 = 0;
  for (let k = 0; k < rules; k++) {
    fired |= (<u32>isSet(own(<usize>load<u32>(rule + state, RULE_WHEN)), bar)) << k;
    rule += RULE_BYTES;
  }
  return fired;
}

/** Fills the orders of rules in their order; returns the bar up to which the account is accounted for. */
export function fillAll(trial: usize, fired: u32, bar: i32, passed: i32, chunk: i32): i32 {
  const price = load<f64>(<usize>load<u32>(FRAME_PRICE) + ((<usize>(chunk + bar)) << 3));
  if ((fired & (fired - 1)) === 0) {
    const rule = trial + T_RULES + <usize>ctz(fired) * RULE_BYTES;
    return fill(trial, rule, price, bar, passed, chunk);
  }
  let rules = fired;
  let at = passed;
  while (rules !== 0) {
    const k = <usize>ctz(rules);
    at = fill(trial, trial + T_RULES + k * RULE_BYTES, price, bar, at, chunk);
    if ((load<i32>(trial) & GIVEN_UP) !== 0) return at;
    rules &= rules - 1;
  }
  return at;
}
