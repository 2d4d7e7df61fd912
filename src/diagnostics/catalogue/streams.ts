import { error } from "./entry.ts";

/** Diagnostics about streams of indicators; apart, for a page that has none does not carry them. */
export const streamDiagnostics = {
  indicator_replace: error<{ indicator: string }>(
    ({ indicator }) => `${indicator}: there is no bar to replace yet`,
    "replace() gives the last bar of a stream another value, so a bar comes first.",
    () => "call update() with the first bar",
  ),
  indicator_snapshot: error<{ indicator: string; problem: string }>(
    ({ indicator, problem }) => `${indicator}: cannot restore: the snapshot ${problem}`,
    "A stream goes on from a snapshot of a stream of the same indicator, dialect and parameters.",
  ),
};
