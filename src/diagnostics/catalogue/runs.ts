import { error } from "./entry.ts";

/** What can be wrong with a database of kept runs. */
export const keptRunDiagnostics = {
  runs_missing: error<{ path: string }>(
    ({ path }) => `${path} holds no runs`,
    "There is no database of runs at this path.",
    () => "Keep one by `swymc backtest … --save runs.duckdb`.",
  ),
  runs_foreign: error<{ path: string; found: string }>(
    ({ path, found }) => `${path} is no database of runs: it holds ${found}`,
    "Runs are kept in a database of their own, which nothing else is written to.",
    () => "Name another file.",
  ),
  run_missing: error<{ id: string }>(
    ({ id }) => `no run "${id}"`,
    "No kept run has an id that begins so.",
    () => "`swymc runs list --db …` shows the ids; `latest` is the newest run.",
  ),
  run_ambiguous: error<{ id: string; matches: readonly string[] }>(
    ({ id, matches }) =>
      `"${id}" is the beginning of several ids: ${matches.map((key) => key.slice(0, 12)).join(", ")}`,
    "An id may be shortened as long as it stands for one run.",
    () => "Give more of it.",
  ),
  one_strategy_only: error<{ option: string }>(
    ({ option }) => `${option} takes one strategy, and several were given`,
    "Files of results and pages belong to one run; several strategies are compared on the screen, as JSON or by --save.",
    () => "Run it for each strategy.",
  ),
};
