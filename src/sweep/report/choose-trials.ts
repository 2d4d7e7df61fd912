import { cellOf, surface } from "../../report/html/sweep/surface.ts";
import { Random } from "../../stats/validation/index.ts";
import { axisCells, type CellRange } from "./axis-cells.ts";

/** Most trials on a page; of more, those that its pictures show are chosen. */
export const MOST_TRIALS = 30_000;
/** Most trials that are drawn as lines. */
const LINES = 5_000;
/** Most of the best by themselves. */
const BEST = 1_000;
/** Shares of a page that pairs of parameters and cells of all parameters may take. */
const PAIRS = 10_000;
const GRID = 12_000;
/** Most cells along one side of a map. */
const SIDE = 100;

/** One job of a sweep, read. */
export interface JobTrials {
  /** Its rows of the results. */
  readonly rows: Int32Array;
  /** The parameters that vary in it: values by row of the results. */
  readonly axes: readonly (CellRange & { readonly values: Float64Array })[];
}

export interface ChosenTrials {
  /** Rows of the results, ascending. */
  readonly rows: Int32Array;
  /** By chosen row: 1 where it was drawn at random. */
  readonly drawn: Uint8Array;
  readonly whole: boolean;
  /** Per job and axis, see SweepAxis. */
  readonly axes: readonly (readonly { cells: number[]; coarse: number[] }[])[];
}

/**
 * Which trials a page holds: all, or of many the best of each cell of every pair of parameters, the best of each cell of all of them
 * together (a coarser grid), the best of all, and some drawn at random, so that its size does not grow with the sweep.
 * @param score by row of the results, more is better
 */
export function chooseTrials(
  jobs: readonly JobTrials[],
  score: Float64Array,
  seed = 1,
): ChosenTrials {
  const total = jobs.reduce((sum, { rows }) => sum + rows.length, 0);
  const whole = total <= MOST_TRIALS;
  const kept = new Uint8Array(score.length);
  const lines = new Uint8Array(score.length);
  const random = new Random(seed);
  const axes = jobs.map((job) => {
    draw(job.rows, Math.ceil((LINES * job.rows.length) / Math.max(1, total)), random, lines);
    const own = cellsOf(job, whole ? null : jobs.length);
    if (whole) for (const row of job.rows) kept[row] = 1;
    else keepBest(job, own, score, kept, Math.ceil(BEST / jobs.length));
    return own;
  });
  const rows: number[] = [];
  for (let row = 0; row < kept.length; row++) if (kept[row] || lines[row]) rows.push(row);
  return {
    rows: Int32Array.from(rows),
    drawn: Uint8Array.from(rows, (row) => lines[row]!),
    whole,
    axes,
  };
}

/** @param share of the page: one by so many jobs; null where all trials are there */
function cellsOf({ axes }: JobTrials, share: number | null) {
  const pairs = (axes.length * (axes.length - 1)) / 2;
  const fine =
    share === null
      ? SIDE
      : Math.max(2, Math.min(SIDE, Math.floor(Math.sqrt(PAIRS / share / Math.max(1, pairs)))));
  const coarse = share === null ? SIDE : coarseSide(axes, GRID / share);
  return axes.map((axis) => ({ cells: axisCells(axis, fine), coarse: axisCells(axis, coarse) }));
}

/** The finest grid of all parameters with at most `most` cells. */
function coarseSide(axes: readonly CellRange[], most: number): number {
  const cells = (side: number) =>
    axes.reduce((product, { distinct }) => product * Math.min(side, distinct.length), 1);
  let side = 1;
  while (side < SIDE && cells(side + 1) <= most) side++;
  return side;
}

function keepBest(
  { rows, axes }: JobTrials,
  cells: readonly { cells: number[]; coarse: number[] }[],
  score: Float64Array,
  kept: Uint8Array,
  best: number,
): void {
  const keep = (chosen: Iterable<number>) => {
    for (const row of chosen) if (row >= 0) kept[row] = 1;
  };
  const side = (k: number) => ({ cells: cells[k]!.cells, values: axes[k]!.values });
  for (let y = 0; y < axes.length; y++) {
    for (let x = 0; x < y; x++) {
      keep(surface({ x: side(x), y: side(y), fixed: [], rows, score }));
    }
  }
  keep(bestOfGrid(rows, axes, cells, score));
  const defined = rows.filter((row) => !Number.isNaN(score[row]!));
  keep(defined.sort((a, b) => score[b]! - score[a]! || a - b).subarray(0, best));
}

function bestOfGrid(
  rows: Int32Array,
  axes: JobTrials["axes"],
  cells: readonly { coarse: number[] }[],
  score: Float64Array,
): Int32Array {
  const size = cells.reduce((product, { coarse }) => product * Math.max(1, coarse.length), 1);
  const best = new Int32Array(size).fill(-1);
  for (const row of rows) {
    let at = 0;
    axes.forEach(({ values }, k) => {
      at = at * cells[k]!.coarse.length + cellOf(cells[k]!.coarse, values[row]!);
    });
    const before = best[at]!;
    if (before < 0 || score[row]! > score[before]! || Number.isNaN(score[before]!)) best[at] = row;
  }
  return best;
}

/** Marks `count` of the rows, each set of them as likely (Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S). */
function draw(rows: Int32Array, count: number, random: Random, marks: Uint8Array): void {
  let left = Math.min(count, rows.length);
  for (let k = 0; k < rows.length && left > 0; k++) {
    if ((rows.length - k) * random.uniform() >= left) continue;
    marks[rows[k]!] = 1;
    left--;
  }
}
