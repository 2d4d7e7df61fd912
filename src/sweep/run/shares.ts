import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Slot } from "./slots.ts";

const METRICS = SWEEP_METRICS.length;

/** Trials that follow each other in a batch, from `first` on, and where their rows stand among those of all threads. */
export interface Piece {
  readonly first: number;
  readonly count: number;
  readonly at: number;
}

/** What one thread does of a batch: its pieces, whose rows stand side by side from `at` on. */
export interface Share {
  readonly at: number;
  readonly count: number;
  readonly pieces: readonly Piece[];
}

/** Turns in which each thread gets a piece, where there are so many trials. */
const TURNS = 4;

/**
 * A batch in equal shares, one for each thread that gets any. Neighbours in a grid take about as long as each other, and
 * longer towards one end of it: threads take pieces in turns, whose order is that of the Thue-Morse sequence, so that all
 * end at about the same time. Few large pieces, since neighbours have most in common.
 */
export function sharesOf(count: number, threads: number): Share[] {
  if (threads === 1) return [{ at: 0, count, pieces: [{ first: 0, count, at: 0 }] }];
  const turns = count < TURNS * threads ? 1 : TURNS;
  const pieces = turns * threads;
  const bound = (piece: number) => Math.floor((piece * count) / pieces);
  const shares: Share[] = [];
  let at = 0;
  for (let thread = 0; thread < threads; thread++) {
    const own: Piece[] = [];
    const begin = at;
    for (let turn = 0; turn < turns; turn++) {
      const piece = turn * threads + (isBackward(turn) ? threads - 1 - thread : thread);
      const [first, end] = [bound(piece), bound(piece + 1)];
      if (first === end) continue;
      own.push({ first, count: end - first, at });
      at += end - first;
    }
    if (own.length > 0) shares.push({ at: begin, count: at - begin, pieces: own });
  }
  return shares;
}

function isBackward(turn: number): boolean {
  return turn === 1 || turn === 2;
}

/** Rows of one share. */
export function rowsOfShare(slot: Slot, { at, count }: Share, width: number): Slot {
  return {
    params: slot.params.subarray(at * width, (at + count) * width),
    metrics: slot.metrics.subarray(at * METRICS, (at + count) * METRICS),
    states: slot.states.subarray(at, at + count),
  };
}

/** Writes the parameters of trials in order to where the threads find theirs. */
export function spread(
  params: Float64Array,
  shares: readonly Share[],
  width: number,
  into: Slot,
): void {
  for (const { pieces } of shares) {
    for (const { first, count, at } of pieces)
      into.params.set(params.subarray(first * width, (first + count) * width), at * width);
  }
}

/** Writes what the threads made in the order of the trials. */
export function gather(slot: Slot, shares: readonly Share[], width: number, into: Slot): void {
  const copy = <T extends Float64Array | Uint8Array>(from: T, to: T, piece: Piece, row: number) =>
    to.set(from.subarray(piece.at * row, (piece.at + piece.count) * row), piece.first * row);
  for (const { pieces } of shares) {
    for (const piece of pieces) {
      copy(slot.params, into.params, piece, width);
      copy(slot.metrics, into.metrics, piece, METRICS);
      copy(slot.states, into.states, piece, 1);
    }
  }
}
