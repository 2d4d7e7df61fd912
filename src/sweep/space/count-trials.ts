import { fail } from "../../diagnostics/index.ts";
import { countOf } from "./axis.ts";
import { pointsOf } from "./points.ts";
import { SOBOL_DIMENSIONS } from "./sobol.ts";
import { combinationsOf, meets, type Space, standardRow } from "./space.ts";

/** Most trials of one strategy on one dataset. */
export const MAX_TRIALS = 100_000_000;
/** Most combinations that are gone through to find those that meet the conditions. */
const MAX_COMBINATIONS = 1_000_000_000;
/** Most combinations that are counted before any work, about a second. */
const COUNTED = 20_000_000;
/** Most samples of a Latin hypercube or a Sobol sequence. */
const MAX_SPREAD = 10_000_000;

export interface TrialCount {
  readonly trials: number;
  /** Whether there are exactly so many; at most so many otherwise. */
  readonly exact: boolean;
}

/** How many trials a space has, counted within bounds. Throws where there are none, too many, or no end of them. */
export function countTrials(space: Space): TrialCount {
  const { axes, sampling, where } = space;
  const combinations = combinationsOf(axes);
  if (sampling.kind === "grid") {
    const endless = axes.find(({ values }) => values.kind === "real");
    if (endless !== undefined) fail("sweep_endless", { name: endless.name });
    if (combinations > (where.length === 0 ? MAX_TRIALS : MAX_COMBINATIONS)) {
      fail("sweep_too_large", { count: combinations, limit: MAX_TRIALS });
    }
  } else checkSamples(space);
  const { wanted } = pointsOf(axes, sampling);
  if (where.length === 0)
    return { trials: wanted, exact: sampling.kind !== "lhs" && sampling.kind !== "sobol" };
  const counted = countMeeting(space);
  if (counted === null) {
    findOne(space);
    return { trials: wanted, exact: false };
  }
  if (counted === 0) noneMeets(space, combinations, true);
  if (sampling.kind === "grid" && counted > MAX_TRIALS) {
    fail("sweep_too_large", { count: counted, limit: MAX_TRIALS });
  }
  return {
    trials: Math.min(wanted, counted),
    exact: sampling.kind === "grid" || sampling.kind === "random",
  };
}

function checkSamples({ axes, sampling }: Space): void {
  if (sampling.kind === "grid") return;
  const limit = sampling.kind === "random" ? MAX_TRIALS : MAX_SPREAD;
  if (sampling.samples > limit) fail("sweep_too_large", { count: sampling.samples, limit });
  if (sampling.kind === "sobol" && axes.length > SOBOL_DIMENSIONS) {
    fail("sweep_option", {
      option: "--search",
      value: "sobol",
      expected: `at most ${SOBOL_DIMENSIONS} parameters; lhs and random take any number`,
    });
  }
}

/** Combinations that meet the conditions; those axes that no condition reads only multiply. null where they are too many. */
function countMeeting(space: Space): number | null {
  const { axes, where } = space;
  const read = axes.filter(({ index }) => where.some(({ reads }) => reads.has(index)));
  const combinations = combinationsOf(read);
  if (combinations > COUNTED) return null;
  const rest = combinationsOf(axes.filter((axis) => !read.includes(axis)));
  const row = standardRow(space);
  const points = pointsOf(read, { kind: "grid" });
  let found = 0;
  for (let attempt = 0; attempt < combinations; attempt++) {
    points.write(attempt, row, 0);
    if (meets(where, row, 0)) found++;
  }
  return found === 0 ? 0 : found * rest;
}

/** Fails where none of the first points meets the conditions. */
function findOne(space: Space): void {
  const points = pointsOf(space.axes, space.sampling);
  const row = standardRow(space);
  const looked = Math.min(points.attempts, COUNTED / 4);
  for (let attempt = 0; attempt < looked; attempt++) {
    points.write(attempt, row, 0);
    if (meets(space.where, row, 0)) return;
  }
  noneMeets(space, looked, looked === points.attempts);
}

function noneMeets({ where }: Space, looked: number, whole: boolean): never {
  return fail("sweep_where_none", {
    looked,
    whole,
    where: where.map(({ text }) => text).join(" and "),
  });
}

/** Values of each axis, for a plan: 99 × 40. */
export function axisCounts({ axes }: Space): string {
  return axes.map(({ values }) => String(countOf(values))).join(" × ");
}
