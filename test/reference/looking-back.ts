import type { Series } from "./series.ts";
import { fires, type Truth } from "./truth.ts";

/** Bars since a condition was true. Where that is open, the number is, until it is true for certain again. */
export function barsSince(truths: readonly Truth[]): Series {
  const value: number[] = [];
  const slack: number[] = [];
  let last = Number.NaN;
  let open = false;
  truths.forEach((truth, bar) => {
    const decision = fires(truth);
    if (decision === null) open = true;
    if (decision === true) {
      last = bar;
      open = false;
    }
    value.push(bar - last);
    slack.push(open ? Infinity : 0);
  });
  return { value, slack };
}

/** The source on the bar where a condition was true for the (occurrence + 1)th time, counted back. */
export function valueWhen(truths: readonly Truth[], source: Series, occurrence: number): Series {
  const value: number[] = [];
  const slack: number[] = [];
  const bars: number[] = [];
  /** How often it was true since it was last open whether it is. */
  let certain = Infinity;
  truths.forEach((truth, bar) => {
    const decision = fires(truth);
    if (decision === null) certain = 0;
    if (decision === true) {
      bars.push(bar);
      certain++;
    }
    const at = bars[bars.length - 1 - occurrence];
    value.push(at === undefined ? Number.NaN : source.value[at]);
    slack.push(certain <= occurrence ? Infinity : at === undefined ? 0 : source.slack[at]);
  });
  return { value, slack };
}
