import { type Axis, countOf } from "./axis.ts";
import { type Points, pointsOf } from "./points.ts";
import { combinationsOf, meets, type Space, standardRow } from "./space.ts";

/** Trials of a space one after the other; a new source gives the same ones again. */
export interface TrialSource {
  /** Numbers in a row. */
  readonly width: number;
  /** Writes the next rows, at most `count`; how many there were, 0 at the end. */
  take(count: number, rows: Float64Array): number;
  /** Share of the space that has been gone through. */
  progress(): number;
}

/** Largest space in which repeated samples are noticed: a bit for each combination, 16 MB. */
const NOTICED = 2 ** 27;

/** The points of a space that meet its conditions, each once. */
export function trialSource(space: Space): TrialSource {
  const points = pointsOf(space.axes, space.sampling);
  const standard = standardRow(space);
  const width = standard.length;
  const isNew = noticed(space.axes, points);
  let attempt = 0;
  let taken = 0;
  return {
    width,
    take(count, rows) {
      let found = 0;
      while (found < count && attempt < points.attempts && taken < points.wanted) {
        const at = found * width;
        for (let k = 0; k < width; k++) rows[at + k] = standard[k]!;
        points.write(attempt++, rows, at);
        if (!meets(space.where, rows, at) || !isNew(rows, at)) continue;
        found++;
        taken++;
      }
      return found;
    },
    progress: () => Math.max(attempt / points.attempts, taken / points.wanted),
  };
}

/** Rows that are given, one after the other. */
export function listSource(rows: Float64Array, width: number): TrialSource {
  let at = 0;
  return {
    width,
    take(count, into) {
      const end = Math.min(rows.length, at + count * width);
      into.set(rows.subarray(at, end));
      const found = (end - at) / width;
      at = end;
      return found;
    },
    progress: () => (rows.length === 0 ? 1 : at / rows.length),
  };
}

function noticed(axes: readonly Axis[], { repeats }: Points) {
  const combinations = combinationsOf(axes);
  if (!repeats || combinations > NOTICED) return () => true;
  const seen = new Uint32Array(Math.ceil(combinations / 32));
  const places = axes.map(({ values }) => placesOf(values));
  return (row: Float64Array, at: number): boolean => {
    let number = 0;
    axes.forEach(({ index, values }, k) => {
      number = number * countOf(values) + places[k]!(row[at + index]!);
    });
    const bit = 1 << (number & 31);
    const word = number >>> 5;
    if (seen[word]! & bit) return false;
    seen[word]! |= bit;
    return true;
  };
}

/** Which of the values of a finite axis a number is. */
function placesOf(values: Axis["values"]): (value: number) => number {
  if (values.kind === "list") {
    const places = new Map(values.values.map((value, i) => [value, i]));
    return (value) => places.get(value)!;
  }
  if (values.kind === "real") throw new RangeError("a range of real numbers has no places");
  return (value) => Math.round((value * values.scale - values.first) / values.by);
}
