import {
  overWindowStep,
  type StreamForm,
  type StreamMemory,
  type StreamStep,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { interpolatedRank, nearestRank } from "../percentile-rank.ts";
import { SortedWindowStream } from "./sorted-window.ts";

/** Median bar by bar. */
export function medianStream(): StreamForm {
  return (memory, [period]) => {
    const half = period >>> 1;
    const odd = period % 2 === 1;
    return pickStep(memory, period - 1, (window) =>
      odd ? window.at(half) : finite((window.at(half - 1) + window.at(half)) / 2),
    );
  };
}

/** Percentile by nearest rank bar by bar. */
export function percentileNearestRankStream(): StreamForm {
  return (memory, [period, percentage]) => {
    const rank = nearestRank(period, percentage);
    return pickStep(memory, period - 1, (window) => window.at(rank));
  };
}

/** Percentile by linear interpolation bar by bar. */
export function percentileLinearInterpolationStream(): StreamForm {
  return (memory, [period, percentage]) => {
    const rank = interpolatedRank(period, percentage);
    const below = Math.floor(rank);
    const above = Math.min(period - 1, below + 1);
    return pickStep(memory, period - 1, (window) => {
      const low = window.at(below);
      return finite(low + (rank - below) * (window.at(above) - low));
    });
  };
}

/** Percent rank bar by bar. */
export function percentrankStream(): StreamForm {
  return (memory, [period]) =>
    pickStep(memory, period, (window) => (100 * window.notAbove) / period);
}

/** A value picked from the window of the newest value and the `size` values before it. */
function pickStep(
  memory: StreamMemory,
  size: number,
  pick: (window: SortedWindowStream) => number,
): StreamStep {
  const window = new SortedWindowStream(memory, size);
  return overWindowStep(memory, 1, size + 1, "skip", (inputs) => {
    if (window.push(inputs[0])) memory.registers[0] = pick(window);
  });
}
