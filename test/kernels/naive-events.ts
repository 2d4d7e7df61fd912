import {
  finite,
  max,
  meanOf,
  min,
  na,
  type Plain,
  type Series,
  sumOf,
  windows,
  zip,
} from "./naive-parts.ts";

/** The plain forms of indicators that read two series, conditions or times, and of bars made of bars, in dialect tv. */
export const naiveEvents: Readonly<Record<string, Plain>> = {
  correlation: ({ x, other }, n) => [
    finite(
      windows(
        x.map((_, i) => i),
        n,
        (bars) =>
          correlation(
            bars.map((i) => x[i]),
            bars.map((i) => other[i]),
          ),
      ),
    ),
  ],
  crossover: ({ x, other }) => [over(x, other)],
  crossunder: ({ x, other }) => [over(other, x)],
  cross: ({ x, other }) => [zip(over(x, other), over(other, x), (up, down) => up || down)],
  barssince: ({ condition }) => [
    condition.map((_, i) => {
      const since = condition
        .slice(0, i + 1)
        .reverse()
        .indexOf(1);
      return since < 0 ? na : since;
    }),
  ],
  valuewhen: ({ x, condition }, occurrence) => [
    x.map((_, i) => {
      const bars = [...condition.keys()].filter((bar) => bar <= i && condition[bar] === 1);
      return bars.length > occurrence ? x[bars[bars.length - 1 - occurrence]] : na;
    }),
  ],
  ichimoku: ({ high, low }, conversion, base, span, displacement) => {
    const middle = (n: number) => zip(max(high, n), min(low, n), (a, b) => (a + b) / 2);
    const lead = (y: Series) => y.map((_, i) => y[i - displacement + 1] ?? na);
    const [first, second] = [middle(conversion), middle(base)];
    return [first, second, lead(zip(first, second, (a, b) => (a + b) / 2)), lead(middle(span))];
  },
  heikin_ashi: ({ open, high, low, x }) => {
    const close = x.map((value, i) => (open[i] + high[i] + low[i] + value) / 4);
    const first: number[] = [];
    x.forEach((value, i) => {
      first.push(i === 0 ? (open[0] + value) / 2 : (first[i - 1] + close[i - 1]) / 2);
    });
    const most = x.map((_, i) => Math.max(high[i], first[i], close[i]));
    const least = x.map((_, i) => Math.min(low[i], first[i], close[i]));
    return [first, most, least, close];
  },
  vwap: ({ x, volume, time }, minutes, months, start, k) => {
    const sessions = time.map((t) => session(t - start * 60_000, minutes, months));
    const parts = x.map((_, i) => {
      const bars = [...x.keys()].filter((bar) => bar <= i && sessions[bar] === sessions[i]);
      const total = sumOf(bars.map((bar) => volume[bar]));
      const mean = sumOf(bars.map((bar) => volume[bar] * x[bar])) / total;
      const spread = sumOf(bars.map((bar) => volume[bar] * (x[bar] - mean) ** 2)) / total;
      return [mean, mean + k * Math.sqrt(spread), mean - k * Math.sqrt(spread)];
    });
    return [0, 1, 2].map((output) => finite(parts.map((values) => values[output])));
  },
};

function over(a: Series, b: Series): number[] {
  return a.map((value, i) => (i === 0 ? na : Number(value > b[i] && a[i - 1] <= b[i - 1])));
}

function correlation(a: Series, b: Series): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  const da = a.map((value) => value - ma);
  const db = b.map((value) => value - mb);
  const product = (u: Series, v: Series) => sumOf(zip(u, v, (p, q) => p * q));
  return product(da, db) / Math.sqrt(product(da, da) * product(db, db));
}

/** A name of the session that a time falls into, by the calendar of JavaScript. */
function session(time: number, minutes: number, months: number): number {
  const date = new Date(time);
  if (months > 0) return Math.floor((12 * date.getUTCFullYear() + date.getUTCMonth()) / months);
  return Math.floor((time - Date.UTC(1970, 0, 5)) / (60_000 * minutes));
}
