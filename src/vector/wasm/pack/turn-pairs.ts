import { FRAME_START, GIVEN_UP } from "../layout";
import { FRAME_SCRATCH_BYTES } from "../pair-layout";
import { maskCrossing, passCrossing, runOwnOps } from "./crossings";
import { shiftOwn } from "./masks";
import { bookPair } from "./pair-sums";
import { buysAll, tradeSignals } from "./pair-trades";
import { rest, runSignals } from "./trial";
import { ALONE, evenLists, listTrades, RESTS, takeEvents } from "./turn-lists";

/**
 * Runs trials over a chunk: those that trade in it, and put all their money into each trade, two side by side. The
 * masks of a trial that waits for another stand where they are; the other's stand behind them.
 */
export function runTrials(trials: usize, count: i32, bytes: i32, chunk: i32, length: i32): void {
  const begins = load<i32>(FRAME_START) > chunk;
  const pairs = ASC_FEATURE_SIMD && !begins;
  const room = load<i32>(FRAME_SCRATCH_BYTES);
  if (pairs) takeEvents();
  let first: usize = 0;
  for (let trial = trials, k = 0; k < count; k++, trial += <usize>bytes) {
    if ((load<i32>(trial) & GIVEN_UP) !== 0) continue;
    shiftOwn(first !== 0 ? room : 0);
    const lane: usize = first !== 0 ? 8 : 0;
    runOwnOps(trial, lane, chunk, length);
    const how = pairs && buysAll(trial) ? listTrades(trial, lane, chunk, length) : ALONE;
    if (how === RESTS) {
      passCrossing(trial, lane, length);
      rest(trial, 0, chunk, length);
      continue;
    }
    if (how === ALONE) {
      runAlone(trial, lane, chunk, length);
      continue;
    }
    if (first === 0) {
      first = trial;
      continue;
    }
    evenLists();
    if (tradeSignals(first, trial, chunk, length)) {
      passCrossing(trial, 8, length);
      shiftOwn(0);
      passCrossing(first, 0, length);
      bookPair(first, trial, chunk, length);
    } else {
      runAlone(trial, 8, chunk, length);
      shiftOwn(0);
      runAlone(first, 0, chunk, length);
    }
    first = 0;
  }
  shiftOwn(0);
  if (first !== 0) runAlone(first, 0, chunk, length);
}

function runAlone(trial: usize, lane: usize, chunk: i32, length: i32): void {
  maskCrossing(trial, lane, chunk, length);
  runSignals(trial, chunk, length);
}
