import { BLOCK } from "./block-sum.ts";

export interface Drawdown {
  /** max(1 - equity / running maximum), the starting cash included; 0 where equity never fell. */
  readonly depth: number;
  /** Longest run of consecutive bars below the running maximum. */
  readonly bars: number;
}

/** What is carried from block to block: running maximum, least equity since, and the bar of that maximum. */
const PEAK = 0;
const TROUGH = 1;
const PEAK_BAR = 2;
const DEPTH = 3;
const LONGEST = 4;

/** The deepest and the longest drawdown of an equity curve, which need not be the same one. */
export function maxDrawdown(equity: Float64Array, cash: number): Drawdown {
  const state = Float64Array.of(cash, cash, -1, 0, 0);
  for (let from = 0; from < equity.length; from += BLOCK)
    scan(equity, from, Math.min(equity.length, from + BLOCK), state);
  recover(state, equity.length);
  return { depth: state[DEPTH], bars: state[LONGEST] };
}

/** In blocks, so that V8 enters a loop it compiled whole. Below the peak, the usual case, only the trough moves. */
function scan(equity: Float64Array, from: number, to: number, state: Float64Array): void {
  let peak = state[PEAK];
  let trough = state[TROUGH];
  for (let i = from; i < to; i++) {
    const now = equity[i];
    if (now >= peak) {
      state[PEAK] = peak;
      state[TROUGH] = trough;
      recover(state, i);
      state[PEAK_BAR] = i;
      peak = trough = now;
    } else if (now < trough) trough = now;
  }
  state[PEAK] = peak;
  state[TROUGH] = trough;
}

/** Takes account of the drawdown that ended before bar `bar`. */
function recover(state: Float64Array, bar: number): void {
  const below = bar - 1 - state[PEAK_BAR];
  if (below === 0) return;
  state[DEPTH] = Math.max(state[DEPTH], 1 - state[TROUGH] / state[PEAK]);
  state[LONGEST] = Math.max(state[LONGEST], below);
}
