import { exactColumn, nearest, nearestRoot } from "./exact.ts";
import type { Series } from "./series.ts";

/**
 * The rolling functions of SEMANTICS §3 (dialect tv), each from its definition. A window is the last `n`
 * defined values: na bars are passed over and see the window of the bar before.
 */
export function sma(source: Series, n: number): Series {
  const { integers, denominator } = exactColumn(source.value);
  return overWindows(source, n, (bars) => {
    const sum = bars.reduce((total, bar) => total + integers[bar], 0n);
    return { value: nearest(sum, denominator) / n, slack: 0 };
  });
}

/** Population standard deviation, from the exact variance: correctly rounded, which no kernel promises. */
export function standardDeviation(source: Series, n: number): Series {
  const { integers, denominator } = exactColumn(source.value);
  return overWindows(source, n, (bars) => {
    const xs = bars.map((bar) => integers[bar]);
    const sum = xs.reduce((total, x) => total + x, 0n);
    const squares = xs.reduce((total, x) => total + x * x, 0n);
    const spread = BigInt(n) * squares - sum * sum;
    const value = nearestRoot(spread, (BigInt(n) * denominator) ** 2n);
    const scale = Math.max(...bars.map((bar) => Math.abs(source.value[bar])));
    // The last digits, and squares that underflow.
    return { value, slack: spread === 0n ? 0 : 1e-9 * value + 1e-12 * scale + 1e-150 };
  });
}

export function highest(source: Series, n: number): Series {
  return overWindows(source, n, (bars) => ({
    value: Math.max(...bars.map((bar) => source.value[bar])),
    slack: 0,
  }));
}

export function lowest(source: Series, n: number): Series {
  return overWindows(source, n, (bars) => ({
    value: Math.min(...bars.map((bar) => source.value[bar])),
    slack: 0,
  }));
}

/** `middle ± k·std_dev`. */
export function bollingerBand(source: Series, n: number, k: number, sign: 1 | -1): Series {
  const middle = sma(source, n);
  const deviation = standardDeviation(source, n);
  return {
    value: middle.value.map((mean, bar) => mean + sign * k * deviation.value[bar]),
    slack: deviation.slack.map((slack, bar) =>
      slack === 0 ? 0 : Math.abs(k) * slack + middle.slack[bar],
    ),
  };
}

/** `prev + k·(x - prev)`, k = 2/(n+1), from the mean of the first n values on. */
export function ema(source: Series, n: number): Series {
  const k = 2 / (n + 1);
  return recursive(source, n, (previous, x) => previous + k * (x - previous));
}

/** Wilder's average: `(prev·(n-1) + x)/n`, from the mean of the first n values on. */
export function rma(source: Series, n: number): Series {
  return recursive(source, n, (previous, x) => (previous * (n - 1) + x) / n);
}

/** 100 - 100/(1 + u/d) with Wilder averages u, d of gains and losses. A change to or from na is missing. */
export function rsi(source: Series, n: number): Series {
  const change = source.value.map((x, bar) => (bar === 0 ? Number.NaN : x - source.value[bar - 1]));
  const doubt = fromFirstDoubt(source);
  const part = (sign: number): Series => ({
    value: change.map((c) => (Number.isNaN(c) ? c : Math.max(sign * c, 0))),
    slack: doubt,
  });
  const up = rma(part(1), n);
  const down = rma(part(-1), n);
  return {
    value: up.value.map((u, bar) => strength(u, down.value[bar])),
    slack: doubt,
  };
}

function strength(u: number, d: number): number {
  if (Number.isNaN(u)) return Number.NaN;
  if (d === 0) return u > 0 ? 100 : Number.NaN;
  return 100 - 100 / (1 + u / d);
}

function recursive(source: Series, n: number, step: (previous: number, x: number) => number) {
  const seeds = sma(source, n);
  const value: number[] = [];
  const slack: number[] = [];
  let state: number | null = null;
  let worst = 0;
  source.value.forEach((x, bar) => {
    worst = Math.max(worst, source.slack[bar]);
    if (!Number.isNaN(x)) {
      if (state !== null) state = step(state, x);
      else if (!Number.isNaN(seeds.value[bar])) state = seeds.value[bar];
    }
    value.push(Number.isNaN(x) || state === null ? Number.NaN : state);
    slack.push(worst);
  });
  return { value, slack } satisfies Series;
}

function overWindows(
  source: Series,
  n: number,
  of: (bars: readonly number[]) => { value: number; slack: number },
): Series {
  const value: number[] = [];
  const slack: number[] = [];
  const defined: number[] = [];
  let doubtful = false;
  source.value.forEach((x, bar) => {
    if (!Number.isNaN(x)) defined.push(bar);
    doubtful ||= source.slack[bar] === Infinity;
    const bars = defined.slice(-n);
    const result = bars.length < n ? { value: Number.NaN, slack: 0 } : of(bars);
    const inherited = Math.max(0, ...bars.map((b) => source.slack[b]));
    value.push(result.value);
    slack.push(doubtful ? Infinity : result.slack + inherited);
  });
  return { value, slack };
}

function fromFirstDoubt(source: Series): number[] {
  let doubt = 0;
  return source.slack.map((slack) => (doubt = slack === 0 ? doubt : Infinity));
}
