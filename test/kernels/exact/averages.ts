import { abs, exact, exponential, logarithm, ONE, over, root, times } from "./fixed.ts";
import {
  type Bars,
  before,
  type Column,
  change,
  each,
  ema,
  type Form,
  mean,
  middle,
  minus,
  ratio,
  rma,
  sma,
  sum,
  total,
  trueRange,
  windows,
} from "./series.ts";

const wma = (x: Column, n: number) =>
  windows(x, n, (w) => (2n * total(w.map((v, i) => BigInt(i + 1) * v))) / BigInt(n * (n + 1)));

const bands = (center: Column, width: Column, factor: number) => {
  const k = exact(factor) as bigint;
  return [
    center,
    each((m, w) => m + times(k, w), center, width),
    each((m, w) => m - times(k, w), center, width),
  ];
};

export const variance = (w: bigint[]): bigint => {
  const n = BigInt(w.length);
  // Sums of squares keep all their places until the last division.
  return (n * total(w.map((v) => v * v)) - total(w) ** 2n) / (n * n * ONE);
};
export const deviations = (x: Column, n: number) => windows(x, n, (w) => root(variance(w)));

/** Averages, and the bands around them. */
export const averages: Readonly<Record<string, Form>> = {
  sma: ({ x }, n) => [sma(x, n)],
  ema: ({ x }, n) => [ema(x, n)],
  rma: ({ x }, n) => [rma(x, n)],
  wma: ({ x }, n) => [wma(x, n)],
  hma: ({ x }, n) => [
    wma(
      each((a, b) => 2n * a - b, wma(x, Math.floor(n / 2)), wma(x, n)),
      Math.floor(Math.sqrt(n)),
    ),
  ],
  vwma: ({ x, volume }, n) => [ratio(sum(each(times, x, volume), n), sum(volume, n))],
  swma: ({ x }) => [windows(x, 4, ([a, b, c, d]) => (a + 2n * b + 2n * c + d) / 6n)],
  alma: ({ x }, n, offset, sigma) => {
    const center = times(exact(offset) as bigint, exact(n - 1) as bigint);
    const width = over(exact(n) as bigint, exact(sigma) as bigint) as bigint;
    const weights = Array.from({ length: n }, (_, i) => {
      const distance = over(BigInt(i) * ONE - center, width) as bigint;
      return exponential(-times(distance, distance) / 2n);
    });
    return [
      windows(x, n, (w) => over(total(w.map((v, i) => times(v, weights[i]))), total(weights))),
    ];
  },
  dema: ({ x }, n) => [each((a, b) => 2n * a - b, ema(x, n), ema(ema(x, n), n))],
  tema: ({ x }, n) => {
    const one = ema(x, n);
    const two = ema(one, n);
    return [each((a, b, c) => 3n * a - 3n * b + c, one, two, ema(two, n))];
  },
  trix: ({ x }, n) => [
    each((c) => 10_000n * c, change(ema(ema(ema(each(logarithm, x), n), n), n))),
  ],
  kama: ({ x }, n, fast, slow) => [kama(x, n, fast, slow)],
  linreg: ({ x }, n, shift) => [windows(x, n, (w) => line(w, shift))],
  macd: ({ x }, fast, slow, smooth) => {
    const macd = minus(ema(x, fast), ema(x, slow));
    const signal = ema(macd, smooth);
    return [macd, signal, minus(macd, signal)];
  },
  std_dev: ({ x }, n) => [deviations(x, n)],
  variance: ({ x }, n) => [windows(x, n, variance)],
  bollinger: ({ x }, n, k) => bands(sma(x, n), deviations(x, n), k),
  bbw: ({ x }, n, k) => {
    const [center, upper, lower] = bands(sma(x, n), deviations(x, n), k);
    return [ratio(minus(upper, lower), center, 100n)];
  },
  kc: keltner,
  kcw: (bars, n, k, trueRanges) => {
    const [center, upper, lower] = keltner(bars, n, k, trueRanges);
    return [ratio(minus(upper, lower), center)];
  },
  heikin_ashi: ({ open, high, low, x }) => {
    const close = each((o, h, l, c) => (o + h + l + c) / 4n, open, high, low, x);
    const first: bigint[] = [];
    middle(open, x).forEach((value, i) => {
      const last = close[i - 1] as bigint;
      first.push(i === 0 ? (value as bigint) : (first[i - 1] + last) / 2n);
    });
    const most = (a: bigint, b: bigint) => (a > b ? a : b);
    const least = (a: bigint, b: bigint) => (a < b ? a : b);
    return [
      first,
      each((h, o, c) => most(h, most(o, c)), high, first, close),
      each((l, o, c) => least(l, least(o, c)), low, first, close),
      close,
    ];
  },
  vwap: ({ x, volume, time }, minutes, _months, start, deviation) => {
    const k = exact(deviation) as bigint;
    const session = (t: number) => Math.floor((t - start * 60_000 - MONDAY) / (60_000 * minutes));
    let from = 0;
    const parts = x.map((_, i) => {
      if (i > 0 && session(time[i]) !== session(time[i - 1])) from = i;
      const prices = x.slice(from, i + 1) as bigint[];
      const weights = volume.slice(from, i + 1) as bigint[];
      const flow = total(prices.map((price, j) => price * weights[j]));
      const price = flow / total(weights);
      const squares = total(prices.map((one, j) => weights[j] * (one - price) ** 2n));
      const width = times(k, root(squares / total(weights) / ONE));
      return [price, price + width, price - width];
    });
    return [0, 1, 2].map((output) => parts.map((values) => values[output]));
  },
};

const MONDAY = Date.UTC(1970, 0, 5);

function keltner(bars: Bars, n: number, k: number, trueRanges: number) {
  const range = trueRanges === 1 ? trueRange(bars, null) : minus(bars.high, bars.low);
  return bands(ema(bars.x, n), ema(range, n), k);
}

function kama(x: Column, n: number, fast: number, slow: number) {
  const constant = (period: number) => (2n * ONE) / BigInt(period + 1);
  const paths = sum(each(abs, change(x)), n);
  const ways = each(abs, change(x, n));
  let last = before(x, 1)[n] as bigint;
  return each(
    (value, path, way) => {
      const efficiency = path > way ? (way << 384n) / path : ONE;
      const smooth = times(efficiency, constant(fast) - constant(slow)) + constant(slow);
      last += times(times(smooth, smooth), value - last);
      return last;
    },
    x,
    paths,
    ways,
  );
}

/** The least-squares line through a window, `shift` bars before its end; places are doubled, so that they are whole. */
function line(w: bigint[], shift: number): bigint {
  const n = w.length;
  const place = (i: number) => BigInt(2 * i - n + 1);
  const cross = total(w.map((value, i) => place(i) * value));
  const square = total(w.map((_, i) => place(i) ** 2n));
  return mean(w) + (cross * place(n - 1 - shift)) / square;
}
