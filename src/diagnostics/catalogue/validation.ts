import { error, warning } from "./entry.ts";
import { quoted } from "./quote.ts";

/** Diagnostics about walk-forward runs and verdicts. */
export const validationDiagnostics = {
  walkforward_bars: error<{
    bars: number;
    windows: number;
    train: number;
    test: number;
    embargo: number;
  }>(
    ({ bars, windows, train, test, embargo }) =>
      `${bars} bars are too few for ${windows} windows: each would train on ${train} bars, less an embargo of ${embargo}, and test on ${test}`,
    "Every window of a walk-forward needs bars to choose parameters on, the embargo after them, and bars to test on. Unless given, the embargo is the longest warm-up in the space.",
    () => "take fewer --windows, a smaller --embargo, shorter periods or more bars",
  ),
  walkforward_unchosen: warning<{ windows: readonly number[]; objective: string }>(
    ({ windows, objective }) =>
      `no trial has a value of ${quoted(objective)} on the training of ${windows.length === 1 ? "window" : "windows"} ${windows.join(", ")}: nothing is traded on the test`,
    "Where no parameter set traded on the training bars, there is nothing to choose.",
  ),
  validate_option: error<{ option: string; reason: string }>(
    ({ option, reason }) => `${option} ${reason}`,
    "An option of `swymc validate` does not fit what is validated: a strategy, or the results of a sweep.",
  ),
  validate_no_trial: error<{ path: string; objective: string }>(
    ({ path, objective }) => `no trial of ${path} has a value of ${quoted(objective)}`,
    "The verdict is about the best trial of a sweep by its objective; there is none where no trial traded.",
  ),
};
