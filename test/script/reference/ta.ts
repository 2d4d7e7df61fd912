import { naive } from "../../kernels/naive.ts";
import { naiveEvents } from "../../kernels/naive-events.ts";
import type { Inputs } from "../../kernels/naive-parts.ts";
import { transitions } from "../../kernels/transitions.ts";
import { exactDeviation, exactSum } from "./exact-sums.ts";
import { pivotPointLevels } from "./pivot-points.ts";
import type { Site } from "./site.ts";
import { finite, na, Tuple, toBool, toNumber, type Value } from "./values.ts";

/** `ta.*`: each call site keeps what it has been given so far, call by call, and computes from that. */
export const ta: Readonly<Record<string, (site: Site) => Value>> = {
  sma: (site) => windowed(site, (w) => exactSum(w) / w.length),
  stdev: (site) => windowed(site, (w) => exactDeviation(w)),
  variance: (site) => windowed(site, (w) => exactDeviation(w) ** 2),
  highest: (site) => windowed(extremeOf(site, "high"), (w) => Math.max(...w)),
  lowest: (site) => windowed(extremeOf(site, "low"), (w) => Math.min(...w)),
  ema: (site) =>
    recursive(stepsOf(site), toNumber(site.get(0, "source", "x")!), lengthOf(site), emaStep),
  rma: (site) =>
    recursive(stepsOf(site), toNumber(site.get(0, "source", "x")!), lengthOf(site), rmaStep),
  rsi: (site) => {
    const n = lengthOf(site);
    const x = toNumber(site.get(0, "source", "x")!);
    const state = site.state(() => ({ last: na, up: newSteps(), down: newSteps() }));
    const change = x - state.last;
    state.last = x;
    const u = recursive(state.up, Math.max(change, 0), n, rmaStep);
    const d = recursive(state.down, Math.max(-change, 0), n, rmaStep);
    if (d === 0) return u > 0 ? 100 : na;
    return 100 - 100 / (1 + u / d);
  },
  atr: (site) => {
    const state = site.state(() => ({ last: na, steps: newSteps() }));
    const range = trueRange(site, state.last, true);
    state.last = site.field("close");
    return recursive(state.steps, range, site.number(0, "length"), rmaStep);
  },
  tr: (site) => {
    const state = site.state(() => ({ last: na }));
    const range = trueRange(site, state.last, toBool(site.get(0, "handle_na") ?? false));
    state.last = site.field("close");
    return range;
  },
  macd: (site) => {
    const [fast, slow, smooth] = [
      site.number(1, "fastlen"),
      site.number(2, "slowlen"),
      site.number(3, "siglen"),
    ];
    const state = site.state(() => ({ fast: newSteps(), slow: newSteps(), signal: newSteps() }));
    const x = toNumber(site.get(0, "source")!);
    const line = recursive(state.fast, x, fast, emaStep) - recursive(state.slow, x, slow, emaStep);
    const signal = recursive(state.signal, line, smooth, emaStep);
    return new Tuple([line, signal, line - signal]);
  },
  bb: (site) => {
    const state = site.state(() => ({ values: [] as number[], last: [na, na] }));
    const x = toNumber(site.get(0, "series", "source")!);
    const n = lengthOf(site);
    const k = site.number(2, "mult");
    if (!Number.isNaN(x)) {
      state.values.push(x);
      const w = state.values.slice(-n);
      state.last = w.length < n ? [na, na] : [exactSum(w) / n, exactDeviation(w)];
    }
    const [middle, deviation] = state.last;
    return new Tuple([middle, middle + k * deviation, middle - k * deviation]);
  },
  crossover: (site) => crossed(site, 1),
  crossunder: (site) => crossed(site, -1),
  cross: (site) => {
    const { last, now } = pair(site);
    if (last === null || now === null) return na;
    return (now[0] > now[1] && last[0] <= last[1]) || (now[0] < now[1] && last[0] >= last[1]);
  },
  change: (site) => {
    const value = site.get(0, "source", "x")!;
    const n = site.count > 1 ? lengthOf(site) : 1;
    const seen = site.state<Value[]>(() => []);
    seen.push(value);
    const before = seen[seen.length - 1 - n];
    if (typeof value === "boolean") return before !== undefined && before !== value;
    return before === undefined ? na : toNumber(value) - toNumber(before);
  },
  mom: (site) => ta["change"](site),
  roc: (site) => {
    const seen = pushed(site, 0);
    const before = seen[seen.length - 1 - lengthOf(site)] ?? na;
    return finite((100 * (seen[seen.length - 1] - before)) / before);
  },
  cum: (site) => {
    const seen = pushed(site, 0);
    return exactSum(seen.filter((x) => !Number.isNaN(x)));
  },
  barssince: (site) => {
    const state = site.state(() => ({ since: na }));
    state.since = toBool(site.get(0, "condition")!) ? 0 : state.since + 1;
    return state.since;
  },
  valuewhen: (site) => {
    const seen = site.state<Value[]>(() => []);
    if (toBool(site.get(0, "condition")!)) seen.push(site.get(1, "source")!);
    return seen[seen.length - 1 - (site.count > 2 ? site.number(2, "occurrence") : 0)] ?? na;
  },
  rising: (site) => run(site, 1),
  falling: (site) => run(site, -1),
};

for (const name of [
  "wma",
  "swma",
  "linreg",
  "alma",
  "hma",
  "dev",
  "cmo",
  "tsi",
  "bbw",
  "kcw",
  "median",
  "mode",
  "percentrank",
  "range",
  "percentile_nearest_rank",
  "percentile_linear_interpolation",
  "cci",
  "mfi",
]) {
  named(name, (site) => ofSource(name, site));
}
named("vwma", (site) => ofSource("vwma", site));
named("sum", (site) => windowed(site, (w) => exactSum(w)));
named(
  "wpr",
  (site) => last(naive["wpr"](inputsOf(site, site.field("close")), site.number(0, "length")))[0],
);
named("obv", (site) => last(naive["obv"](inputsOf(site, site.field("close"))))[0]);
/** Of the day so far, UTC, or since the anchor was true; with a multiple of the deviation on both sides. */
named("vwap", (site) => {
  const state = site.state(() => ({ day: na, prices: [] as number[], volumes: [] as number[] }));
  const anchored = site.count > 1;
  const day = anchored ? na : Math.floor(site.field("time") / 86_400_000);
  const begins = anchored ? site.get(1, "anchor") === true : day !== state.day;
  if (begins) Object.assign(state, { day, prices: [], volumes: [] });
  const typical = (site.field("high") + site.field("low") + site.field("close")) / 3;
  const source = site.count > 0 ? site.number(0, "source", "x") : typical;
  state.prices.push(source);
  state.volumes.push(site.field("volume"));
  const weighted = (of: (price: number) => number) =>
    exactSum(state.prices.map((price, k) => of(price) * state.volumes[k]!)) /
    exactSum(state.volumes);
  const mean = finite(weighted((price) => price));
  if (site.count < 3) return mean;
  const variance = weighted((price) => (price - mean) ** 2);
  const width = site.number(2, "stdev_mult") * Math.sqrt(variance);
  return new Tuple([mean, mean + width, mean - width]);
});
named("kc", (site) => {
  const [middle, upper, lower] = last(
    naive["kc"](
      inputsOf(site, toNumber(site.get(0, "series")!)),
      site.number(1, "length"),
      site.number(2, "mult"),
      1,
    ),
  );
  return new Tuple([middle, upper, lower]);
});
named("dmi", (site) => {
  const [plus, minus, adx] = last(
    naive["dmi"](
      inputsOf(site, site.field("close")),
      site.number(0, "diLength"),
      site.number(1, "adxSmoothing"),
    ),
  );
  return new Tuple([plus, minus, adx]);
});
named("supertrend", (site) => {
  const [value, direction] = last(
    transitions["supertrend"](
      inputsOf(site, site.field("close")),
      site.number(1, "atrPeriod"),
      site.number(0, "factor"),
    ),
  );
  return new Tuple([value, direction]);
});
named(
  "sar",
  (site) =>
    last(
      transitions["sar"](
        inputsOf(site, site.field("close")),
        site.number(0, "start"),
        site.number(1, "inc"),
        site.number(2, "max"),
      ),
    )[0],
);
named("correlation", (site) => {
  const inputs = inputsOf(
    site,
    toNumber(site.get(0, "source1")!),
    toNumber(site.get(1, "source2")!),
  );
  forget(inputs, 4 * site.number(2, "length"));
  return last(naiveEvents["correlation"](inputs, site.number(2, "length")))[0];
});
named("stoch", (site) => {
  const inputs = inputsOf(
    site,
    site.number(0, "source"),
    na,
    site.number(1, "high"),
    site.number(2, "low"),
  );
  forget(inputs, 4 * site.number(3, "length"));
  return last(naive["stoch"](inputs, site.number(3, "length")))[0];
});
named("pivothigh", (site) => pivot(site, "high"));
named("pivotlow", (site) => pivot(site, "low"));
named("rci", rankCorrelation);
named("pivot_point_levels", pivotPointLevels);
named("highestbars", (site) => ofExtreme("highestbars", site, "high"));
named("lowestbars", (site) => ofExtreme("lowestbars", site, "low"));

function named(name: string, f: (site: Site) => Value): void {
  (ta as Record<string, (site: Site) => Value>)[name] = f;
}

function lengthOf(site: Site): number {
  return Math.trunc(site.number(1, "length", "y"));
}

/** `f` of the last n defined values; where there is none now, the last result again. */
function windowed(site: Site, f: (window: readonly number[]) => number): number {
  const state = site.state(() => ({ values: [] as number[], result: na }));
  const x = site.number(0, "source", "x");
  if (Number.isNaN(x)) return state.result;
  state.values.push(x);
  const n = lengthOf(site);
  const window = state.values.slice(-n);
  state.result = window.length < n || !(n > 0) ? na : f(window);
  return state.result;
}

/** `highest(n)` is of the highs. */
function extremeOf(site: Site, field: "high" | "low"): Site {
  if (site.count > 1) return site;
  const value = (index: number) =>
    index === 0 ? site.field(field) : site.number(0, "length", "x", "y");
  return Object.assign(Object.create(site) as Site, { number: value });
}

interface Steps {
  readonly first: number[];
  value: number;
}
const newSteps = (): Steps => ({ first: [], value: na });
const stepsOf = (site: Site): Steps => site.state(newSteps);
type Step = (last: number, x: number, n: number) => number;
const emaStep: Step = (last, x, n) => last + (2 / (n + 1)) * (x - last);
const rmaStep: Step = (last, x, n) => (last * (n - 1) + x) / n;

/** The mean of the first n values, then step by step; na now gives na and changes nothing. */
function recursive(steps: Steps, x: number, n: number, step: Step): number {
  if (Number.isNaN(x)) return na;
  if (!Number.isNaN(steps.value)) steps.value = step(steps.value, x, n);
  else {
    steps.first.push(x);
    if (steps.first.length === n) steps.value = exactSum(steps.first) / n;
  }
  return steps.value;
}

function trueRange(site: Site, lastClose: number, firstToo: boolean): number {
  const [high, low] = [site.field("high"), site.field("low")];
  if (Number.isNaN(lastClose)) return firstToo ? high - low : na;
  return Math.max(high - low, Math.abs(high - lastClose), Math.abs(low - lastClose));
}

type Two = readonly [number, number];

/** The two values now, and those of the last call that had both. */
function pair(site: Site): { last: Two | null; now: Two | null } {
  const state = site.state<{ last: Two | null }>(() => ({ last: null }));
  const [a, b] = [site.number(0, "source1", "x"), site.number(1, "source2", "y")];
  const { last } = state;
  if (Number.isNaN(a) || Number.isNaN(b)) return { last, now: null };
  state.last = [a, b];
  return { last, now: [a, b] };
}

/** na, which counts as false, where the earlier or the present pair is not known. */
function crossed(site: Site, sign: number): Value {
  const { last, now } = pair(site);
  if (last === null || now === null) return na;
  return sign * (now[0] - now[1]) > 0 && sign * (last[0] - last[1]) <= 0;
}

function pushed(site: Site, index: number): number[] {
  const seen = site.state<number[]>(() => []);
  seen.push(site.number(index, "source", "x"));
  return seen;
}

function run(site: Site, sign: number): boolean {
  const seen = pushed(site, 0);
  const n = lengthOf(site);
  if (seen.length <= n) return false;
  const now = seen[seen.length - 1];
  return seen.slice(-n - 1, -1).every((_, i, w) => sign * ((w[i + 1] ?? now) - w[i]) > 1e-10);
}

/** All that a call site was given and the bars beside it, for formulas of whole series. */
function inputsOf(
  site: Site,
  x: number,
  other = na,
  high = site.field("high"),
  low = site.field("low"),
): Inputs {
  const seen = site.state(() => ({
    x: [] as number[],
    other: [] as number[],
    high: [] as number[],
    low: [] as number[],
    volume: [] as number[],
    open: [] as number[],
    time: [] as number[],
  }));
  seen.x.push(x);
  seen.other.push(other);
  seen.high.push(high);
  seen.low.push(low);
  seen.volume.push(site.field("volume"));
  seen.open.push(site.field("open"));
  seen.time.push(site.field("time"));
  return { ...seen, condition: [] };
}

const last = (columns: readonly (readonly number[])[]): number[] =>
  columns.map((column) => finite(column[column.length - 1]));

/** Those of all the bars before. */
const RECURSIVE = new Set(["tsi", "kcw"]);

/** A function of a source and numbers. */
function ofSource(name: string, site: Site): Value {
  const params = site.values.slice(1).map(toNumber);
  if (name === "wma") params[0] = lengthOf(site);
  const inputs = inputsOf(site, site.number(0, "source", "series"));
  if (!RECURSIVE.has(name)) forget(inputs, 4 * Math.max(25, ...params));
  return last(naive[name](inputs, ...params))[0];
}

/** Drops all but the last `most` bars: far more than the longest window looks at. */
function forget(inputs: Inputs, most: number): void {
  for (const column of Object.values(inputs) as number[][])
    if (column.length > most) column.splice(0, column.length - most);
}

function ofExtreme(name: string, site: Site, field: "high" | "low"): Value {
  const alone = site.count === 1;
  const x = alone ? site.field(field) : site.number(0, "source");
  const n = alone ? site.number(0, "length") : site.number(1, "length");
  return last(naive[name](inputsOf(site, x), n))[0];
}

function pivot(site: Site, field: "high" | "low"): Value {
  const alone = site.count === 2;
  const x = alone ? site.field(field) : site.number(0, "source");
  const [left, right] = alone
    ? [site.number(0, "leftbars"), site.number(1, "rightbars")]
    : [site.number(1, "leftbars"), site.number(2, "rightbars")];
  return last(naive[`pivot${field}`](inputsOf(site, x), left, right))[0];
}

/** Pearson's correlation of the ranks of values and times; equal values share the mean of their ranks. */
function rankCorrelation(site: Site): number {
  const n = lengthOf(site);
  const w = pushed(site, 0).slice(-n);
  if (w.length < n || w.some(Number.isNaN)) return na;
  const sorted = [...w].sort((a, b) => a - b);
  const ranks = w.map((x) => 1 + (sorted.indexOf(x) + sorted.lastIndexOf(x)) / 2);
  const off = (x: number) => x - (n + 1) / 2;
  const product = ranks.reduce((sum, rank, i) => sum + off(rank) * off(i + 1), 0);
  const squares = ranks.reduce((sum, rank) => sum + off(rank) ** 2, 0);
  const times = ranks.reduce((sum, _, i) => sum + off(i + 1) ** 2, 0);
  return finite((100 * product) / Math.sqrt(squares * times));
}
