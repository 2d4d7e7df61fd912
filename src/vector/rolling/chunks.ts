/** Bars that one call of a hot loop looks at, at most. */
export const CHUNK = 1024;

/**
 * Calls `run` on consecutive pieces of the bars from `from` to `to`. V8 leaves optimised code for good when one
 * long call was compiled in the middle of its loop; a loop over a piece is entered often and compiled whole.
 */
export function inChunks(from: number, to: number, run: (from: number, to: number) => void): void {
  for (let i = from; i < to; i += CHUNK) run(i, Math.min(to, i + CHUNK));
}
