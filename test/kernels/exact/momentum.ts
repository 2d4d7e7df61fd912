import { abs, type Exact, exact, ONE, over, times } from "./fixed.ts";
import {
  type Bars,
  before,
  type Column,
  change,
  each,
  ema,
  type Form,
  largest,
  max,
  mean,
  meanDistance,
  middle,
  min,
  minus,
  ratio,
  rma,
  sizes,
  sma,
  smallest,
  sum,
  trueRange,
  windows,
} from "./series.ts";

/** What TradingView takes as no difference. */
const NOTHING = exact(1e-10) as bigint;
const HUNDRED = 100n * ONE;

/** 100 - 100 / (1 + u / d) = 100 · u / (u + d). */
const strength = (up: Column, down: Column) =>
  each((u, d) => (d === 0n ? (u === 0n ? null : HUNDRED) : over(100n * u, u + d)), up, down);

export const rsi = (x: Column, n: number) =>
  strength(
    rma(
      each((c) => (c > 0n ? c : 0n), change(x)),
      n,
    ),
    rma(
      each((c) => (c < 0n ? -c : 0n), change(x)),
      n,
    ),
  );

const stoch = (x: Column, high: Column, low: Column, n: number) =>
  ratio(minus(x, min(low, n)), minus(max(high, n), min(low, n)), 100n);

/** Changes, ranges and the places of prices in them. */
export const momentum: Readonly<Record<string, Form>> = {
  change: ({ x }, n) => [change(x, n)],
  mom: ({ x }, n) => [change(x, n)],
  roc: ({ x }, n) => [ratio(change(x, n), before(x, n), 100n)],
  tr: (bars, handleNa) => [trueRange(bars, handleNa === 1 ? 0n : null)],
  atr: (bars, n) => [rma(trueRange(bars, 0n), n)],
  rsi: ({ x }, n) => [rsi(x, n)],
  stoch: ({ x, high, low }, n) => [stoch(x, high, low, n)],
  stochrsi: ({ x }, n, window, first, second) => {
    const one = rsi(x, n);
    const k = sma(stoch(one, one, one, window), first);
    return [k, sma(k, second)];
  },
  cci: ({ x }, n) => [
    windows(x, n, (w) => over(1000n * (w[n - 1] - mean(w)), 15n * meanDistance(w))),
  ],
  cmo: ({ x }, n) => {
    const up = sum(
      each((c) => (c >= -NOTHING ? c : 0n), change(x)),
      n,
    );
    const down = sum(
      each((c) => (c < -NOTHING ? -c : 0n), change(x)),
      n,
    );
    return [each((u, d) => over(100n * (u - d), u + d), up, down)];
  },
  mfi: (bars, n) => {
    const [up, down] = [flow(bars, n, 1n), flow(bars, n, -1n)];
    return [each((u, d) => (d === 0n ? HUNDRED : over(100n * u, u + d)), up, down)];
  },
  tsi: ({ x }, short, long) => {
    const twice = (y: Column) => ema(ema(y, long), short);
    return [ratio(twice(change(x)), twice(sizes(change(x))))];
  },
  wpr: ({ x, high, low }, n) => [
    ratio(minus(x, max(high, n)), minus(max(high, n), min(low, n)), 100n),
  ],
  dmi: (bars, n, smoothing) => {
    const up = change(bars.high);
    const down = each((c) => -c, change(bars.low));
    const range = rma(trueRange(bars, null), n);
    const share = (moved: Column) => ratio(rma(moved, n), range, 100n);
    const [plus, less] = [share(movement(up, down)), share(movement(down, up))];
    const apart = each((a, b) => over(abs(a - b), a + b === 0n ? ONE : a + b), plus, less);
    return [plus, less, each((v) => 100n * v, rma(apart, smoothing))];
  },
  donchian: ({ high, low }, n) => [middle(max(high, n), min(low, n)), max(high, n), min(low, n)],
  range: ({ x }, n) => [minus(max(x, n), min(x, n))],
  highest: ({ x }, n) => [max(x, n)],
  lowest: ({ x }, n) => [min(x, n)],
  ichimoku: ({ high, low }, conversion, base, span, displacement) => {
    const line = (n: number) => middle(max(high, n), min(low, n));
    const lead = (y: Column) => before(y, displacement - 1);
    const [first, second] = [line(conversion), line(base)];
    return [first, second, lead(middle(first, second)), lead(line(span))];
  },
  supertrend,
  sar,
};

function flow({ x, volume }: Bars, n: number, sign: bigint): Exact[] {
  const raw = x.map((value, i) => {
    const moved = i === 0 ? null : (value as bigint) - (x[i - 1] as bigint);
    return moved !== null && sign * moved <= NOTHING
      ? 0n
      : times(value as bigint, volume[i] as bigint);
  });
  return sum(raw, n);
}

const movement = (a: Column, b: Column) =>
  each((p, q) => (p - q > NOTHING && p > NOTHING ? p : 0n), a, b);

function supertrend(bars: Bars, period: number, factor: number): Column[] {
  const k = exact(factor) as bigint;
  const directions: bigint[] = [];
  const [atr] = momentum["atr"](bars, period);
  let upper: Exact = null;
  let lower: Exact = null;
  let last: Exact = null;
  let down = true;
  const value = each(
    (h, l, close, range) => {
      const top = (h + l) / 2n + times(k, range);
      const bottom = (h + l) / 2n - times(k, range);
      if (lower === null || last === null || bottom > lower || last < lower) lower = bottom;
      if (upper === null || last === null || top < upper || last > upper) upper = top;
      if (last !== null) down = down ? close <= upper : close < lower;
      last = close;
      directions.push(down ? ONE : -ONE);
      return down ? upper : lower;
    },
    bars.high,
    bars.low,
    bars.x,
    atr,
  );
  const warmup = value.length - directions.length;
  return [value, value.map((_, i) => directions[i - warmup] ?? null)];
}

function sar({ x, high, low }: Bars, start: number, increment: number, maximum: number): Column[] {
  const [first, more, most] = [start, increment, maximum].map((v) => exact(v) as bigint);
  let [stop, extreme, step, rises] = [0n, 0n, first, true];
  return [
    x.map((value, i) => {
      if (i === 0) return null;
      const [h, l] = [high[i] as bigint, low[i] as bigint];
      const back = (column: Column) => column.slice(Math.max(0, i - 2), i) as bigint[];
      let fresh = i === 1;
      if (fresh) {
        rises = (value as bigint) > (x[0] as bigint);
        stop = (rises ? low[0] : high[0]) as bigint;
        extreme = rises ? h : l;
      }
      stop += times(step, extreme - stop);
      if (rises ? stop > l : stop < h) {
        stop = rises ? largest([h, extreme]) : smallest([l, extreme]);
        extreme = rises ? l : h;
        rises = !rises;
        step = first;
        fresh = true;
      }
      if (!fresh && (rises ? h > extreme : l < extreme)) {
        extreme = rises ? h : l;
        step = smallest([step + more, most]);
      }
      stop = rises ? smallest([stop, ...back(low)]) : largest([stop, ...back(high)]);
      return stop;
    }),
  ];
}
