import { rsi } from "../../src/indicators/index.ts";
import {
  change,
  defined,
  deviation,
  distance,
  ema,
  finite,
  flow,
  kama,
  keltner,
  line,
  max,
  meanOf,
  min,
  mode,
  movement,
  na,
  type Plain,
  percentileBetween,
  pivots,
  rma,
  runs,
  type Series,
  sorted,
  stoch,
  sum,
  sumOf,
  trueRange,
  windows,
  wma,
  zip,
} from "./naive-parts.ts";

/** The plain form of each indicator that sums over windows, in dialect tv. */
export const naive: Readonly<Record<string, Plain>> = {
  rma: ({ x }, n) => [rma(x, n)],
  wma: ({ x }, n) => [wma(x, n)],
  hma: ({ x }, n) => [
    wma(
      zip(wma(x, Math.floor(n / 2)), wma(x, n), (a, b) => 2 * a - b),
      Math.floor(Math.sqrt(n)),
    ),
  ],
  vwma: ({ x, volume }, n) => [
    finite(
      zip(
        sum(
          zip(x, volume, (a, b) => a * b),
          n,
        ),
        sum(volume, n),
        (a, b) => a / b,
      ),
    ),
  ],
  swma: ({ x }) => [windows(x, 4, ([a, b, c, d]) => (a + 2 * b + 2 * c + d) / 6)],
  alma: ({ x }, n, center, sigma) => [
    windows(x, n, (w) => {
      const weights = w.map((_, i) =>
        Math.exp(-((i - center * (n - 1)) ** 2) / (2 * (n / sigma) ** 2)),
      );
      return sumOf(zip(w, weights, (a, b) => a * b)) / sumOf(weights);
    }),
  ],
  dema: ({ x }, n) => [zip(ema(x, n), ema(ema(x, n), n), (a, b) => 2 * a - b)],
  tema: ({ x }, n) => {
    const [a, b, c] = [ema(x, n), ema(ema(x, n), n), ema(ema(ema(x, n), n), n)];
    return [a.map((value, i) => 3 * value - 3 * b[i] + c[i])];
  },
  trix: ({ x }, n) => [change(ema(ema(ema(x.map(Math.log), n), n), n)).map((c) => 1e4 * c)],
  kama: ({ x }, n, fast, slow) => [kama(x, n, fast, slow)],
  linreg: ({ x }, n, shift) => [windows(x, n, (w) => line(w, shift))],
  macd: ({ x }, fast, slow, smooth) => {
    const macd = zip(ema(x, fast), ema(x, slow), (a, b) => a - b);
    const signal = ema(macd, smooth);
    return [macd, signal, zip(macd, signal, (a, b) => a - b)];
  },
  tr: (inputs, handleNa) => [trueRange(inputs, handleNa === 1 ? 0 : na)],
  atr: (inputs, n) => [rma(trueRange(inputs, 0), n)],
  mom: ({ x }, n) => [change(x, n)],
  change: ({ x }, n) => [change(x, n)],
  roc: ({ x }, n) => [change(x, n).map((c, i) => (100 * c) / x[i - n])],
  cum: ({ x }) => [x.map((_, i) => sumOf(x.slice(0, i + 1)))],
  sum: ({ x }, n) => [sum(x, n)],
  stoch: ({ x, high, low }, n) => [stoch(x, high, low, n)],
  stochrsi: ({ x }, n, window, first, second) => {
    // A stochastic blows differences of rounding up, so that it is of the very same RSI, which is proven elsewhere.
    const strength = Array.from(rsi(x, { period: n }));
    const k = defined(stoch(strength, strength, strength, window), first, meanOf);
    return [k, defined(k, second, meanOf)];
  },
  dev: ({ x }, n) => [windows(x, n, deviation)],
  cci: ({ x }, n) => [
    finite(windows(x, n, (w) => (w[n - 1] - meanOf(w)) / (0.015 * deviation(w)))),
  ],
  mfi: (inputs, n) => [
    zip(flow(inputs, n, 1), flow(inputs, n, -1), (up, down) =>
      down === 0 ? 100 : 100 - 100 / (1 + up / down),
    ),
  ],
  cmo: ({ x }, n) => {
    const up = sum(
      change(x).map((c) => (c >= -1e-10 || Number.isNaN(c) ? c : 0)),
      n,
    );
    const down = sum(
      change(x).map((c) => (c < -1e-10 || Number.isNaN(c) ? -c : 0)),
      n,
    );
    return [finite(zip(up, down, (u, d) => (100 * (u - d)) / (u + d)))];
  },
  tsi: ({ x }, short, long) => {
    const twice = (y: Series) => ema(ema(y, long), short);
    return [finite(zip(twice(change(x)), twice(change(x).map(Math.abs)), (a, b) => a / b))];
  },
  wpr: ({ x, high, low }, n) => [
    finite(
      zip(
        zip(x, max(high, n), (a, b) => 100 * (a - b)),
        zip(max(high, n), min(low, n), (a, b) => a - b),
        (a, b) => a / b,
      ),
    ),
  ],
  obv: ({ x, volume }) => {
    const signed = change(x).map((c, i) => Math.sign(c) * volume[i]);
    return [x.map((_, i) => (i === 0 ? na : sumOf(signed.slice(1, i + 1))))];
  },
  bbw: ({ x }, n, k) => [
    windows(x, n, (w) => {
      const mean = meanOf(w);
      return (200 * k * Math.sqrt(meanOf(w.map((value) => (value - mean) ** 2)))) / mean;
    }),
  ],
  kc: keltner,
  kcw: (inputs, ...params) => {
    const [middle, upper, lower] = (keltner as Plain)(inputs, ...params);
    return [middle.map((m, i) => (upper[i] - lower[i]) / m)];
  },
  donchian: ({ high, low }, n) => {
    const [top, bottom] = [max(high, n), min(low, n)];
    return [zip(top, bottom, (a, b) => (a + b) / 2), top, bottom];
  },
  dmi: (inputs, n, smoothing) => {
    const up = change(inputs.high);
    const down = change(inputs.low).map((c) => -c);
    const range = rma(trueRange(inputs, na), n);
    const share = (moved: Series) => zip(rma(moved, n), range, (a, b) => (100 * a) / b);
    const [plus, minus] = [share(movement(up, down)), share(movement(down, up))];
    const apart = zip(plus, minus, (a, b) => Math.abs(a - b) / (a + b === 0 ? 1 : a + b));
    return [plus, minus, rma(apart, smoothing).map((value) => 100 * value)];
  },
  aroon: ({ high, low }, n) => [
    distance(high, n + 1, Math.max).map((bars) => (100 * (bars + n)) / n),
    distance(low, n + 1, Math.min).map((bars) => (100 * (bars + n)) / n),
  ],
  variance: ({ x }, n) => [
    windows(x, n, (w) => meanOf(w.map((value) => (value - meanOf(w)) ** 2))),
  ],
  median: ({ x }, n) => [windows(x, n, (w) => (sorted(w)[(n - 1) >> 1] + sorted(w)[n >> 1]) / 2)],
  mode: ({ x }, n) => [windows(x, n, mode)],
  percentile_nearest_rank: ({ x }, n, p) => [
    windows(x, n, (w) => sorted(w)[Math.max(1, Math.ceil((p * n) / 100)) - 1]),
  ],
  percentile_linear_interpolation: ({ x }, n, p) => [windows(x, n, (w) => percentileBetween(w, p))],
  percentrank: ({ x }, n) => [
    windows(x, n + 1, (w) => (100 * w.slice(0, n).filter((value) => value <= w[n]).length) / n),
  ],
  range: ({ x }, n) => [zip(max(x, n), min(x, n), (a, b) => a - b)],
  highestbars: ({ x }, n) => [distance(x, n, Math.max)],
  lowestbars: ({ x }, n) => [distance(x, n, Math.min)],
  pivothigh: ({ x }, left, right) => [pivots(x, left, right, 1)],
  pivotlow: ({ x }, left, right) => [pivots(x, left, right, -1)],
  rising: ({ x }, n) => [runs(x, n, 1)],
  falling: ({ x }, n) => [runs(x, n, -1)],
};
