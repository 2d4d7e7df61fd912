import {
  FRAME_AT_CLOSE,
  FRAME_START,
  GIVEN_UP,
  T_ANY,
  T_EXITS,
  T_OP_COUNT,
  T_OPS,
  T_PENDING,
  T_UNITS,
} from "../layout";
import { closeBlock, openBlock, pass } from "./account";
import { areKnown, firstTouch, leave, placeLevels } from "./exits";
import { letOpen } from "./fill";
import { nextSet } from "./masks";
import { runOps } from "./ops";
import { openTrades, sumTrades } from "./trades";
import { fillAll, rulesAt, signOf } from "./trial";

/**
 * Runs a trial over a chunk as `runTrial` does, where a stop or a target also closes: a position is left on the first
 * bar that touches a level, before the rules see that bar's close.
 */
export function runExitTrial(trial: usize, chunk: i32, length: i32): void {
  if ((load<i32>(trial) & GIVEN_UP) !== 0) return;
  runOps(<usize>load<u32>(trial, T_OPS), load<i32>(trial, T_OP_COUNT), chunk, length);
  let bar = max<i32>(0, load<i32>(FRAME_START) - chunk);
  if (bar >= length) return;
  openBlock();
  openTrades();
  let passed = bar;
  const pending = load<u32>(trial, T_PENDING);
  if (pending !== 0) {
    store<u32>(trial, 0, T_PENDING);
    passed = order(trial, pending, bar, passed, chunk);
  }
  const wait = load<i32>(FRAME_AT_CLOSE) !== 0 ? 0 : 1;
  while ((load<i32>(trial) & GIVEN_UP) === 0) {
    const units = load<f64>(trial, T_UNITS);
    const state = (<usize>(signOf(units) + 1)) << 2;
    const signal = nextSet(<usize>load<u32>(trial + state, T_ANY), bar, length);
    if (units !== 0) {
      const end = min<i32>(signal + 1, length);
      const touch = firstTouch(trial, bar, length);
      if (touch < end) {
        leave(trial, touch, passed, chunk);
        passed = touch;
        bar = touch;
        continue;
      }
    }
    if (signal === length) break;
    const fired = rulesAt(trial, state, signal);
    if (signal + wait === length) {
      store<u32>(trial, fired, T_PENDING);
      break;
    }
    passed = order(trial, fired, signal + wait, passed, chunk);
    bar = signal + 1;
  }
  if ((load<i32>(trial) & GIVEN_UP) !== 0) return;
  pass(trial, passed, length, chunk);
  closeBlock(trial);
  sumTrades(trial);
}

/** Fills the orders of rules on a bar and sets the levels of what they open; returns the bar accounted for. */
function order(trial: usize, fired: u32, bar: i32, passed: i32, chunk: i32): i32 {
  letOpen(areKnown(<usize>load<u32>(trial, T_EXITS), bar));
  const at = fillAll(trial, fired, bar, passed, chunk);
  // What runs in this pack next may have no exits.
  letOpen(true);
  placeLevels(trial, bar, chunk);
  return at;
}
