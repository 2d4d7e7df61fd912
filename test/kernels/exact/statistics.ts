import { type Exact, exact, ONE, over, root, times } from "./fixed.ts";
import {
  type Column,
  change,
  type Form,
  largest,
  meanDistance,
  smallest,
  sorted,
  sum,
  total,
  whole,
  windows,
} from "./series.ts";

const NOTHING = exact(1e-10) as bigint;
const flag = (holds: boolean): bigint => (holds ? ONE : 0n);

/** Ranks, sums, events and statistics of windows. */
export const statistics: Readonly<Record<string, Form>> = {
  sum: ({ x }, n) => [sum(x, n)],
  cum: ({ x }) => [sumsSoFar(x)],
  obv: ({ x, volume }) => {
    const signed = change(x).map((c, i) => signOf(c) * (volume[i] as bigint));
    return [[null, ...sumsSoFar(signed.slice(1))]];
  },
  dev: ({ x }, n) => [windows(x, n, meanDistance)],
  correlation: ({ x, other }, n) => [
    x.map((_, i) => {
      if (i < n - 1) return null;
      return correlation(
        x.slice(i - n + 1, i + 1) as bigint[],
        other.slice(i - n + 1, i + 1) as bigint[],
      );
    }),
  ],
  median: ({ x }, n) => [windows(x, n, (w) => (sorted(w)[(n - 1) >> 1] + sorted(w)[n >> 1]) / 2n)],
  mode: ({ x }, n) => [
    windows(x, n, (w) => {
      const count = (value: bigint) => w.filter((one) => one === value).length;
      return sorted(w).reduce((best, value) => (count(value) > count(best) ? value : best));
    }),
  ],
  percentile_nearest_rank: ({ x }, n, percentage) => [
    windows(x, n, (w) => sorted(w)[Math.max(1, Math.ceil((percentage * n) / 100)) - 1]),
  ],
  percentile_linear_interpolation: ({ x }, n, percentage) => [
    windows(x, n, (w) => between(w, percentage)),
  ],
  percentrank: ({ x }, n) => [
    windows(x, n + 1, (w) => {
      const below = w.slice(0, n).filter((value) => value <= w[n]).length;
      return (whole(100) * BigInt(below)) / BigInt(n);
    }),
  ],
  highestbars: ({ x }, n) => [distance(x, n, largest)],
  lowestbars: ({ x }, n) => [distance(x, n, smallest)],
  aroon: ({ high, low }, n) =>
    [distance(high, n + 1, largest), distance(low, n + 1, smallest)].map((bars) =>
      bars.map((back) => (back === null ? null : (100n * (back + whole(n))) / BigInt(n))),
    ),
  pivothigh: ({ x }, left, right) => [pivots(x, left, right, 1n)],
  pivotlow: ({ x }, left, right) => [pivots(x, left, right, -1n)],
  rising: ({ x }, n) => [runs(x, n, 1n)],
  falling: ({ x }, n) => [runs(x, n, -1n)],
  crossover: ({ x, other }) => [crosses(x, other)],
  crossunder: ({ x, other }) => [crosses(other, x)],
  cross: ({ x, other }) => {
    const [up, down] = [crosses(x, other), crosses(other, x)];
    return [up.map((value, i) => (value === null ? null : value + (down[i] as bigint)))];
  },
  barssince: ({ condition }) => {
    let since: Exact = null;
    return [
      condition.map((holds) => {
        since = holds !== 0n ? 0n : since === null ? null : since + ONE;
        return since;
      }),
    ];
  },
  valuewhen: ({ x, condition }, occurrence) => {
    const seen: Exact[] = [];
    return [
      x.map((value, i) => {
        if (condition[i] !== 0n) seen.unshift(value);
        return seen[occurrence] ?? null;
      }),
    ];
  },
};

const signOf = (value: Exact): bigint =>
  value === null || value === 0n ? 0n : value > 0n ? 1n : -1n;

function sumsSoFar(x: Column): bigint[] {
  let sumSoFar = 0n;
  return x.map((value) => (sumSoFar += value as bigint));
}

function correlation(a: bigint[], b: bigint[]): Exact {
  const n = BigInt(a.length);
  const moment = (u: bigint[], v: bigint[]) =>
    (n * total(u.map((value, i) => value * v[i])) - total(u) * total(v)) / ONE;
  return over(moment(a, b), root(times(moment(a, a), moment(b, b))));
}

/** TradingView's ranks: whole numbers of half a percent of the window stand on the values. */
function between(w: bigint[], percentage: number): bigint {
  const n = w.length;
  const share = times(exact(percentage) as bigint, whole(n)) / 100n + ONE / 2n;
  const rank = smallest([whole(n), largest([ONE, share])]) - ONE;
  const below = Number(rank / ONE);
  const values = sorted(w);
  const above = values[Math.min(n - 1, below + 1)];
  return values[below] + times(rank % ONE, above - values[below]);
}

/** Bars back to the oldest extreme of a window. */
const distance = (x: Column, n: number, extreme: (values: bigint[]) => bigint) =>
  windows(x, n, (w) => whole(w.indexOf(extreme(w)) - n + 1));

function pivots(x: Column, left: number, right: number, sign: bigint): Exact[] {
  return x.map((_, i) => {
    const at = i - right;
    if (at < left) return null;
    const top = sign * (x[at] as bigint);
    const earlier = x.slice(at - left, at).every((value) => sign * (value as bigint) <= top);
    const later = x.slice(at + 1, i + 1).every((value) => sign * (value as bigint) < top);
    return earlier && later ? x[at] : null;
  });
}

const runs = (x: Column, n: number, sign: bigint) =>
  windows(change(x), n, (w) => flag(w.every((c) => sign * c > NOTHING)));

const crosses = (a: Column, b: Column): Exact[] =>
  a.map((value, i) => {
    if (i === 0) return null;
    const wasBelow = (a[i - 1] as bigint) <= (b[i - 1] as bigint);
    return flag((value as bigint) > (b[i] as bigint) && wasBelow);
  });
