import { FRAME_CLOSE, FRAME_START, GIVEN_UP, T_OP_COUNT, T_OPS } from "../layout";
import { FRAME_SCRATCH_BYTES } from "../pair-layout";
import { shiftOwn } from "./masks";
import { runOps } from "./ops";
import { bookPair } from "./pair-sums";
import { buysAll, makeTrades } from "./pair-trades";
import { rest, runSignals } from "./trial";
import { ALONE, evenLists, listTrades, RESTS } from "./turn-lists";

/**
 * Runs trials over a chunk: those that trade in it, and put all their money into each trade, two side by side. The
 * masks of a trial that waits for another stand where they are; the other's stand behind them.
 */
export function runTrials(trials: usize, count: i32, bytes: i32, chunk: i32, length: i32): void {
  const begins = load<i32>(FRAME_START) > chunk;
  const pairs = ASC_FEATURE_SIMD && !begins;
  const room = load<i32>(FRAME_SCRATCH_BYTES);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  let first: usize = 0;
  for (let trial = trials, k = 0; k < count; k++, trial += <usize>bytes) {
    if ((load<i32>(trial) & GIVEN_UP) !== 0) continue;
    shiftOwn(first !== 0 ? room : 0);
    runOps(<usize>load<u32>(trial, T_OPS), load<i32>(trial, T_OP_COUNT), chunk, length);
    const how =
      pairs && buysAll(trial) ? listTrades(trial, first !== 0 ? 8 : 0, chunk, length) : ALONE;
    if (how === RESTS) {
      rest(trial, 0, chunk, length);
      continue;
    }
    if (how === ALONE) {
      runSignals(trial, chunk, length);
      continue;
    }
    if (first === 0) {
      first = trial;
      continue;
    }
    evenLists();
    if (makeTrades(first, trial, length, closes)) bookPair(first, trial, chunk, length);
    else {
      runSignals(trial, chunk, length);
      shiftOwn(0);
      runSignals(first, chunk, length);
    }
    first = 0;
  }
  shiftOwn(0);
  if (first !== 0) runSignals(first, chunk, length);
}
