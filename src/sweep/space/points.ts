import { type Axis, countOf, listValues, valueAt, valueAtShare } from "./axis.ts";
import { unit } from "./hash.ts";
import { MAX_PERMUTED, permutation } from "./permutation.ts";
import { sobol } from "./sobol.ts";
import { combinationsOf, type Sampling } from "./space.ts";

/** Points of a space by their number: what a search would try next, before conditions and repetitions are looked at. */
export interface Points {
  /** How many there are to go through. */
  readonly attempts: number;
  /** Most trials that are wanted of them. */
  readonly wanted: number;
  /** Whether a combination can come twice. */
  readonly repeats: boolean;
  /** Writes the values of the axes into a row. */
  write(attempt: number, row: Float64Array, at: number): void;
}

/** Attempts per point wanted, where conditions may refuse them. */
const PATIENCE = 1_000;

export function pointsOf(axes: readonly Axis[], sampling: Sampling): Points {
  const combinations = combinationsOf(axes);
  if (sampling.kind === "grid") {
    const write = combinationWriter(axes);
    return { ...{ attempts: combinations, wanted: combinations, repeats: false }, write };
  }
  const { samples, seed } = sampling;
  const wanted = Math.min(samples, combinations);
  if (sampling.kind === "random" && combinations <= MAX_PERMUTED) {
    const shuffled = permutation(combinations, seed);
    const write = combinationWriter(axes);
    return {
      ...{ attempts: combinations, wanted, repeats: false },
      write: (attempt, row, at) => write(shuffled(attempt), row, at),
    };
  }
  const shares = sharesOf(axes.length, sampling);
  return {
    attempts: sampling.kind === "lhs" ? samples : Math.min(samples * PATIENCE, 2 ** 32 - 1),
    wanted,
    repeats: Number.isFinite(combinations),
    write: (attempt, row, at) => {
      axes.forEach(({ index, values }, k) => {
        row[at + index] = valueAtShare(values, shares(attempt, k));
      });
    },
  };
}

/** Values of an axis that are made once; those of a longer one are made each time. */
const LISTED = 65_536;

/** Writes the combination of a number: nested loops, the last axis innermost. */
function combinationWriter(axes: readonly Axis[]): Points["write"] {
  const places = Int32Array.from(axes, ({ index }) => index);
  const counts = Float64Array.from(axes, ({ values }) => countOf(values));
  const lists = axes.map(({ values }) =>
    countOf(values) <= LISTED ? Float64Array.from(listValues(values, LISTED)) : null,
  );
  return (number, row, at) => {
    let rest = number;
    for (let k = counts.length - 1; k >= 0; k--) {
      const count = counts[k]!;
      const outer = Math.floor(rest / count);
      const place = rest - outer * count;
      const list = lists[k]!;
      row[at + places[k]!] = list === null ? valueAt(axes[k]!.values, place) : list[place]!;
      rest = outer;
    }
  };
}

function sharesOf(
  dimensions: number,
  { kind, samples, seed }: Exclude<Sampling, { kind: "grid" }>,
): (attempt: number, axis: number) => number {
  if (kind === "sobol") return sobol(dimensions, seed);
  if (kind === "random") return (attempt, axis) => unit(seed, attempt, axis);
  // One point in each of N equal parts of every axis, at a random place in the part.
  const strata = Array.from({ length: dimensions }, (_, k) =>
    permutation(samples, seed + 7919 * k),
  );
  return (attempt, axis) =>
    Math.min(
      1 - 2 ** -53,
      (strata[axis]!(attempt) + unit(seed ^ 0x2545f491, attempt, axis)) / samples,
    );
}
