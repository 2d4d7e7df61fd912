import { describe, expect, test } from "vitest";
import type { Bars } from "../../../src/vector/columns.ts";
import { barsOf, values } from "../run/recording.ts";
import * as slow from "./slow-series.ts";

const HEAD = "import TradingView/ta/7 as lib";

/** Prices that swing, with plateaus and volume. */
const CLOSES = Array.from({ length: 140 }, (_, i) =>
  Math.round(100 + 12 * Math.sin(i / 9) + 5 * Math.sin(i * 2.7) + (i % 7)),
);
const bars: Bars = {
  ...barsOf(CLOSES),
  volume: Float64Array.from(CLOSES, (_, i) => 50 + ((i * 37) % 41)),
};
const [open, high, low, close, volume] = [
  bars.open,
  bars.high,
  bars.low,
  bars.close,
  bars.volume,
].map((column) => [...column]) as [number[], number[], number[], number[], number[]];
const hl2 = slow.zip(high, low, (a, b) => (a + b) / 2);
const hlc3 = slow.each((i) => (high[i]! + low[i]! + close[i]!) / 3, close);
const tr = slow.each((i) => {
  const before = i === 0 ? close[0]! : close[i - 1]!;
  return i === 0 ? high[0]! - low[0]! : Math.max(high[i]!, before) - Math.min(low[i]!, before);
}, close);
const moves = slow.change(close);
const zero = (x: number) => (Number.isNaN(x) ? 0 : x);
const nz = (x: slow.Series) => x.map(zero);
const scaled = (x: slow.Series, by: number) => x.map((value) => value * by);
const minus = (a: slow.Series, b: slow.Series) => slow.zip(a, b, (x, y) => x - y);
const over = (a: slow.Series, b: slow.Series) => slow.zip(a, b, (x, y) => x / y);
const again = (x: slow.Series, times: number, of: (y: slow.Series) => slow.Series): slow.Series =>
  times === 0 ? x : again(of(x), times - 1, of);

/** T3 as the sum of six averages, with Tillson's coefficients. */
function t3(of: (x: slow.Series) => slow.Series, v: number): number[] {
  const e = [3, 4, 5, 6].map((times) => again(close, times, of));
  const c = [
    1 + 3 * v + v ** 3 + 3 * v * v,
    -6 * v * v - 3 * v - 3 * v ** 3,
    3 * v * v + 3 * v ** 3,
    -(v ** 3),
  ];
  return slow.each((i) => c.reduce((all, one, k) => all + one * e[k]![i]!, 0), close);
}

/** Tillson's average of one pass; T3 is three of them. */
function general(x: slow.Series, n: number, v: number): number[] {
  return minus(scaled(slow.ema(x, n), 1 + v), scaled(slow.ema(slow.ema(x, n), n), v));
}

function supertrend(distance: slow.Series, above: slow.Series, below: slow.Series): number[] {
  let [upper, lower, line] = [0, 0, Number.NaN];
  return slow.each((i) => {
    const [topBefore, bottomBefore] = [zero(upper), zero(lower)];
    const [top, bottom] = [hl2[i]! + distance[i]!, hl2[i]! - distance[i]!];
    lower =
      bottom > bottomBefore || (i > 0 && below[i - 1]! < bottomBefore) ? bottom : bottomBefore;
    upper = top < topBefore || (i > 0 && above[i - 1]! > topBefore) ? top : topBefore;
    const falls =
      i === 0 || Number.isNaN(distance[i - 1]!)
        ? true
        : line === topBefore
          ? !(above[i]! > upper)
          : below[i]! < lower;
    line = falls ? upper : lower;
    return line;
  }, close);
}

/** The stop of each bar, from the best price since the side changed. */
function trailing(distance: slow.Series): number[] {
  let [best, stop, side] = [Number.NaN, Number.NaN, 0];
  return slow.each((i) => {
    const [price, room] = [close[i]!, Number.isNaN(distance[i]!) ? tr[i]! : distance[i]!];
    if (side !== 0) {
      best = side > 0 ? Math.max(best, price) : Math.min(best, price);
      stop = side > 0 ? Math.max(stop, best - room) : Math.min(stop, best + room);
    }
    const now = side === 0 || price - stop >= 0 ? 1 : -1;
    if (now !== side) [side, best, stop] = [now, price, price - now * room];
    return stop;
  }, close);
}

function fisher(n: number): number[] {
  const [top, bottom] = [slow.highest(close, n), slow.lowest(close, n)];
  let [value, fish] = [0, 0];
  return slow.each((i) => {
    value = 0.66 * ((close[i]! - bottom[i]!) / (top[i]! - bottom[i]!) - 0.5) + 0.67 * zero(value);
    const bounded = value > 0.99 ? 0.999 : value < -0.99 ? -0.999 : value;
    fish = Math.atanh(bounded) + 0.5 * zero(fish);
    return fish;
  }, close);
}

function frama(n: number): number[] {
  const half = Math.round(n / 2);
  const range = (m: number) => minus(slow.highest(high, m), slow.lowest(low, m));
  const [late, early, whole] = [range(half), slow.past(range(half), half), range(n)];
  const share = slow.each((i) => {
    const dimension = Math.log2((late[i]! + early[i]!) / half / (whole[i]! / n));
    return Math.exp(-4.6 * (dimension - 1));
  }, close);
  return slow.fromFirst(close, (i) => share[i]!);
}

function since(x: slow.Series, best: (a: number, b: number) => number): number[] {
  return slow.each((i) => {
    const start = i - (i % 20);
    return x.slice(start, i + 1).reduce(best);
  }, x);
}

/** Aroon: how near the extreme is, of equal values the oldest. */
function bestPlace(x: slow.Series, n: number, better: (a: number, b: number) => boolean): number[] {
  return slow.each((i) => {
    if (i < n) return Number.NaN;
    let place = 0;
    for (let k = 1; k <= n; k++) if (better(x[i - k]!, x[i - place]!)) place = k;
    return (100 * (n - place)) / n;
  }, x);
}

const meanStep = (n: number) => slow.rma(tr, n);
const up = (x: number) => Math.max(x, 0);
const share = (n: number) => 2 / (n + 1);
const macd = minus(slow.ema(close, 5), slow.ema(close, 11));
const filled = (x: slow.Series) => {
  let last = Number.NaN;
  return x.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
};
const rsi = slow.each((i) => {
  const [gain, loss] = [
    slow.rma(moves.map(up), 6),
    slow.rma(
      moves.map((m) => up(-m)),
      6,
    ),
  ];
  return 100 - 100 / (1 + gain[i]! / loss[i]!);
}, close);
const pressure = slow.each(
  (i) => close[i]! - Math.min(low[i]!, i > 0 ? close[i - 1]! : Number.NaN),
  close,
);
const reach = slow.each((i) => (i === 0 ? Number.NaN : tr[i]!), close);
const part = (n: number) => over(slow.sum(pressure, n), slow.sum(reach, n));
const signs = moves.map(Math.sign);
const flow = (x: slow.Series, n: number) =>
  nz(
    over(
      slow.ema(
        slow.zip(signs, x, (a, b) => a * b),
        n,
      ),
      slow.ema(x, n),
    ),
  ).map((v) => 100 * v);
const force = slow.zip(slow.change(hlc3).map(Math.sign), volume, (a, b) => a * b * 100);
const klinger = minus(slow.ema(force, 4), slow.ema(force, 9));
const change3 = (() => {
  const triple = again(close, 3, (x) => slow.ema(x, 4));
  return slow.zip(triple, slow.past(triple, 1), (now, before) => (100 * (now - before)) / before);
})();
const middle = (n: number) =>
  slow.zip(slow.highest(high, n), slow.lowest(low, n), (a, b) => (a + b) / 2);
const roc = (n: number) =>
  slow.zip(close, slow.past(close, n), (now, before) => (100 * (now - before)) / before);
const schaff = (() => {
  const first = slow.ema(nz(filled(slow.stoch(macd, macd, macd, 5))), 3);
  return slow
    .ema(nz(filled(slow.stoch(first, first, first, 5))), 3)
    .map((x) => Math.min(100, Math.max(0, x)));
})();

const CASES: readonly (readonly [call: string, expected: slow.Series])[] = [
  ["lib.ema2(close, 7)", slow.fromFirst(close, () => share(7))],
  ["lib.rma2(close, 0.5)", close],
  ["lib.atr2(5)", slow.fromFirst(tr, () => 1 / 5)],
  ["lib.dema(close, 6)", minus(scaled(slow.ema(close, 6), 2), slow.ema(slow.ema(close, 6), 6))],
  [
    "lib.dema2(close, 6)",
    (() => {
      const of = (x: slow.Series) => slow.fromFirst(x, () => share(6));
      return minus(scaled(of(close), 2), of(of(close)));
    })(),
  ],
  [
    "lib.tema(close, 5)",
    (() => {
      const e = [1, 2, 3].map((times) => again(close, times, (x) => slow.ema(x, 5)));
      return slow.each((i) => 3 * e[0]![i]! - 3 * e[1]![i]! + e[2]![i]!, close);
    })(),
  ],
  [
    "lib.tema2(close, 5)",
    (() => {
      const e = [1, 2, 3].map((times) =>
        again(close, times, (x) => slow.fromFirst(x, () => share(5))),
      );
      return slow.each((i) => 3 * e[0]![i]! - 3 * e[1]![i]! + e[2]![i]!, close);
    })(),
  ],
  ["lib.t3(close, 4)", again(close, 3, (x) => general(x, 4, 0.7))],
  ["lib.t3Alt(close, 4, 0.5)", t3((x) => slow.fromFirst(x, () => share(4)), 0.5)],
  ["lib.trima(close, 7)", slow.sma(slow.sma(close, 4), 4)],
  ["lib.trima(close, 8)", slow.sma(slow.sma(close, 4), 5)],
  ["lib.frama(close, 10)", frama(10)],
  [
    "lib.rms(close, 6)",
    slow
      .sum(
        close.map((x) => x * x),
        6,
      )
      .map((x) => Math.sqrt(x / 6)),
  ],
  ["lib.ao()", minus(slow.sma(hl2, 5), slow.sma(hl2, 34))],
  ["lib.changePercent(close, open)", slow.zip(close, open, (a, b) => (100 * (a - b)) / b)],
  [
    "lib.coppock(close, 8, 5, 4)",
    slow.wma(
      slow.zip(roc(8), roc(5), (a, b) => a + b),
      4,
    ),
  ],
  [
    "lib.dm(6)",
    (() => {
      const rise = slow.sma(slow.change(high).map(up), 6);
      return over(
        rise,
        slow.zip(
          rise,
          slow.sma(
            slow.change(low).map((m) => up(-m)),
            6,
          ),
          (a, b) => a + b,
        ),
      );
    })(),
  ],
  [
    "lib.eom(4)",
    slow.sma(
      slow.each((i) => (10_000 * slow.change(hl2)[i]! * (high[i]! - low[i]!)) / volume[i]!, close),
      4,
    ),
  ],
  ["lib.ft(close, 6)", fisher(6)],
  ["lib.ift(close / 100)", close.map((x) => Math.tanh(x / 100))],
  [
    "lib.ht(close)",
    (() => {
      const at = (n: number) => nz(slow.past(close, n));
      return slow.each(
        (i) => 0.0962 * close[i]! + 0.5769 * at(2)[i]! - 0.5769 * at(4)[i]! - 0.0962 * at(6)[i]!,
        close,
      );
    })(),
  ],
  ["lib.highestSince(bar_index % 20 == 0)", since(high, (a, b) => Math.max(a, b))],
  ["lib.lowestSince(bar_index % 20 == 0, close)", since(close, (a, b) => Math.min(a, b))],
  ["lib.pzo(6)", flow(close, 6)],
  ["lib.vzo(6)", flow(volume, 6)],
  [
    "lib.szo(close, 4)",
    (() => {
      const e = [1, 2, 3].map((times) => again(signs, times, (x) => slow.ema(x, 4)));
      return slow.each((i) => 25 * (3 * e[0]![i]! - 3 * e[1]![i]! + e[2]![i]!), close);
    })(),
  ],
  ["lib.stc(close, 5, 11, 5, 3, 3)", schaff],
  [
    "lib.uo(4, 7, 11)",
    slow.each((i) => (100 * (4 * part(4)[i]! + 2 * part(7)[i]! + part(11)[i]!)) / 7, close),
  ],
  [
    "lib.vhf(close, 9)",
    over(minus(slow.highest(close, 9), slow.lowest(close, 9)), slow.sum(moves.map(Math.abs), 9)),
  ],
  [
    "lib.wpo(5)",
    slow.ema(
      slow.each(
        (i) =>
          (signs[i]! * 2 * Math.PI) / Math.asin((i > 0 ? close[i - 1]! : Number.NaN) / high[i]!),
        close,
      ),
      5,
    ),
  ],
  [
    "lib.cagr(time[48], close[48], time, close)",
    slow.each(
      (i) => (i < 48 ? Number.NaN : 100 * ((close[i]! / close[i - 48]!) ** 182.5 - 1)),
      close,
    ),
  ],
];

const TUPLES: readonly (readonly [
  names: string,
  call: string,
  expected: readonly slow.Series[],
])[] = [
  [
    "a, b",
    "lib.aroon(8)",
    [bestPlace(high, 8, (a, b) => a >= b), bestPlace(low, 8, (a, b) => a <= b)],
  ],
  ["a, b, c", "lib.donchian(6)", [slow.highest(high, 6), slow.lowest(low, 6), middle(6)]],
  [
    "a, b, c, d, e",
    "lib.ichimoku(4, 8, 16)",
    [
      middle(4),
      middle(8),
      slow.zip(middle(4), middle(8), (x, y) => (x + y) / 2),
      middle(16),
      close,
    ],
  ],
  ["a, b", "lib.kvo(4, 9, 3)", [klinger, slow.ema(klinger, 3)]],
  [
    "a, b",
    "lib.rwi(5)",
    [
      slow.each(
        (i) => (high[i]! - zero(slow.past(low, 5)[i]!)) / (meanStep(5)[i]! * Math.sqrt(5)),
        close,
      ),
      slow.each(
        (i) => (zero(slow.past(high, 5)[i]!) - low[i]!) / (meanStep(5)[i]! * Math.sqrt(5)),
        close,
      ),
    ],
  ],
  [
    "a, b",
    "lib.stochFull(6, 3, 4)",
    (() => {
      const k = slow.sma(slow.stoch(close, high, low, 6), 3);
      return [k, slow.sma(k, 4)];
    })(),
  ],
  [
    "a, b",
    "lib.stochRsi(6, 5, 3, 4)",
    (() => {
      const k = slow.sma(slow.stoch(rsi, rsi, rsi, 5), 3);
      return [k, slow.sma(k, 4)];
    })(),
  ],
  ["a, b", "lib.supertrend(2, 5)", [supertrend(scaled(meanStep(5), 2), close, close)]],
  ["a, b", "lib.supertrend(2, 5, true)", [supertrend(scaled(meanStep(5), 2), high, low)]],
  [
    "a, b",
    "lib.supertrend2(2, 5)",
    [
      supertrend(
        scaled(
          slow.fromFirst(tr, () => 1 / 5),
          2,
        ),
        close,
        close,
      ),
    ],
  ],
  [
    "a, b, c",
    "lib.trix(close, 4, 3)",
    [change3, slow.ema(change3, 3), minus(change3, slow.ema(change3, 3))],
  ],
  ["a, b", "lib.trix(close, 4, 3, false)", [change3, slow.sma(change3, 3)]],
  [
    "a, b",
    "lib.vi(6)",
    (() => {
      const ranges = slow.sum(tr, 6);
      const of = (x: slow.Series, y: slow.Series) =>
        over(
          slow.sum(
            slow.each((i) => Math.abs(x[i]! - zero(slow.past(y, 1)[i]!)), close),
            6,
          ),
          ranges,
        );
      return [of(high, low), of(low, high)];
    })(),
  ],
  ["a, b", "lib.vStop(close, 5, 2)", [trailing(scaled(meanStep(5), 2))]],
  [
    "a, b",
    "lib.vStop2(close, 5, 2)",
    [
      trailing(
        scaled(
          slow.fromFirst(tr, () => 1 / 5),
          2,
        ),
      ),
    ],
  ],
];

function near(actual: slow.Series, expected: slow.Series): void {
  expect(actual.map(Number.isNaN)).toEqual(expected.map(Number.isNaN));
  expect(expected.some((x) => !Number.isNaN(x))).toBe(true);
  for (const [i, value] of expected.entries()) {
    if (!Number.isNaN(value))
      expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
  }
}

describe.each([5, 6])("TradingView/ta in version %d", (version) => {
  test.each(CASES)("%s", (call, expected) => {
    near(values(`${HEAD}\nx = ${call}`, bars, { version }), expected);
  });

  test.each(TUPLES)("[%s] = %s", (names, call, expected) => {
    const count = call.startsWith("lib.trix") ? "a, b, c" : names;
    for (const [k, series] of expected.entries()) {
      const name = count.split(", ")[k]!;
      near(values(`${HEAD}\n[${count}] = ${call}\nx = ${name}`, bars, { version }), series);
    }
  });
});

test("fractals are peaks of two lower bars on both sides, and may be flat before", () => {
  // Highs: a plain peak at 3, one of equal bars at 8 and 9, and one that a later bar equals at 13.
  const highs = [5, 6, 7, 9, 7, 6, 6, 7, 9, 9, 7, 6, 7, 8, 8, 7, 6];
  const flat = {
    ...barsOf(highs),
    high: Float64Array.from(highs),
    low: Float64Array.from(highs, (x) => -x),
  };
  const lines = `${HEAD}\n[up, down] = lib.williamsFractal(2)\nx = (up ? 1 : 0) + (down ? 10 : 0)`;
  const found = values(lines, flat, { version: 6 });
  // Told two bars later; the second of the equal bars is the peak.
  expect(found.flatMap((x, i) => (x > 0 ? [[i - 2, x]] : []))).toEqual([
    [3, 11],
    [9, 11],
    [14, 11],
  ]);
});

test("a name of a built-in function stays that function", () => {
  const with_ = values("import TradingView/ta/7\nx = ta.ema(ta.dema(close, 5), 3)", bars);
  const without = values("e = ta.ema(close, 5)\nx = ta.ema(2 * e - ta.ema(e, 5), 3)", bars);
  expect(with_).toEqual(without);
});

test("names of the script do not reach into a library", () => {
  const lines = `${HEAD}\nsmoothed(a, b) => 0.0\nhl2_ = 1\nonce = 3.0\nx = lib.ema2(close, 7) + smoothed(1, 2)`;
  expect(values(lines, bars)).toEqual(values(`${HEAD}\nx = lib.ema2(close, 7)`, bars));
});
