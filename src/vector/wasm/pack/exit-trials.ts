import { forgetTurns } from "./exit-lists";
import { runPair } from "./exit-pairs";
import { runExitTrial } from "./exit-trial";

/** Runs trials with stops and targets over a chunk: two side by side where they can be. */
export function runExitTrials(
  trials: usize,
  count: i32,
  bytes: i32,
  chunk: i32,
  length: i32,
): void {
  let trial = trials;
  let left = count;
  if (ASC_FEATURE_SIMD) {
    forgetTurns();
    for (; left > 1; left -= 2) {
      const second = trial + <usize>bytes;
      if (!runPair(trial, second, chunk, length)) {
        runExitTrial(trial, chunk, length);
        runExitTrial(second, chunk, length);
      }
      trial = second + <usize>bytes;
    }
  }
  for (; left > 0; left--) {
    runExitTrial(trial, chunk, length);
    trial += <usize>bytes;
  }
}
