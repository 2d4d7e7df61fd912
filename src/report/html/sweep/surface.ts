import type { SweepAxis } from "./sweep-data.ts";

/** The place of a value among ascending cells: the last one that begins at or below it. */
export function cellOf(cells: readonly number[], value: number): number {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (cells[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One side of a map: values by row of the page, and the cells they fall into. */
export interface Side {
  readonly cells: readonly number[];
  readonly values: Float64Array;
}

/** A parameter that is held at one of its cells. */
export interface Fixed extends Side {
  readonly cell: number;
}

export interface SurfaceInput {
  readonly x: Side;
  readonly y: Side;
  readonly fixed: readonly Fixed[];
  /** Rows to take. */
  readonly rows: ArrayLike<number>;
  /** By row, more is better; na is worse than all. */
  readonly score: Float64Array;
}

/** The row with the best score of each cell, row by row of y; of equal ones the earlier; -1 where no trial is. */
export function surface({ x, y, fixed, rows, score }: SurfaceInput): Int32Array {
  const best = new Int32Array(x.cells.length * y.cells.length).fill(-1);
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    if (fixed.some(({ cells, values, cell }) => cellOf(cells, values[row]!) !== cell)) continue;
    const at = cellOf(y.cells, y.values[row]!) * x.cells.length + cellOf(x.cells, x.values[row]!);
    const before = best[at]!;
    if (before < 0 || score[row]! > score[before]! || Number.isNaN(score[before]!)) best[at] = row;
  }
  return best;
}

/** Mean of the up to eight cells around each cell; na where none of them or the cell itself is defined. */
export function neighbourMeans(cells: Float64Array, columns: number): Float64Array {
  const rows = cells.length / columns;
  return cells.map((own, at) => {
    if (Number.isNaN(own)) return Number.NaN;
    const [x, y] = [at % columns, Math.floor(at / columns)];
    let sum = 0;
    let count = 0;
    for (let r = Math.max(0, y - 1); r <= Math.min(rows - 1, y + 1); r++) {
      for (let c = Math.max(0, x - 1); c <= Math.min(columns - 1, x + 1); c++) {
        const value = cells[r * columns + c]!;
        if ((r === y && c === x) || Number.isNaN(value)) continue;
        sum += value;
        count++;
      }
    }
    return count === 0 ? Number.NaN : sum / count;
  });
}

/** Cells for a fixed parameter need the coarser grid that the page has trials for. */
export function cellsFor(axis: SweepAxis, fixed: boolean): readonly number[] {
  return fixed ? axis.coarse : axis.cells;
}
