import type { Series } from "./series.ts";

const DAY = 86_400_000;

/** Pearson's correlation of the last n bars where both series have a value, in two passes. */
export function correlation(x: Series, y: Series, n: number): Series {
  const value: number[] = [];
  const slack: number[] = [];
  const bars: number[] = [];
  let doubtful = false;
  x.value.forEach((a, bar) => {
    if (!Number.isNaN(a) && !Number.isNaN(y.value[bar])) bars.push(bar);
    // What a correlation makes of an uncertain digit is beyond this reference.
    doubtful ||= x.slack[bar] > 0 || y.slack[bar] > 0;
    const window = bars.slice(-n);
    const result =
      window.length < n
        ? { value: Number.NaN, slack: 0 }
        : ofWindow(
            window.map((i) => x.value[i]),
            window.map((i) => y.value[i]),
          );
    value.push(result.value);
    slack.push(doubtful ? Infinity : result.slack);
  });
  return { value, slack };
}

function ofWindow(x: readonly number[], y: readonly number[]) {
  const [a, b] = [deviations(x), deviations(y)];
  if (a.flat || b.flat) return { value: Number.NaN, slack: 0 };
  const product = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, one, i) => sum + one * v[i], 0);
  const scale = Math.sqrt(product(a.from, a.from)) * Math.sqrt(product(b.from, b.from));
  // A series that hardly varies beside its level is all rounding here.
  const open = a.tight || b.tight || !(scale > 1e-140 && scale < 1e140);
  return { value: product(a.from, b.from) / scale, slack: open ? Infinity : 1e-6 };
}

function deviations(w: readonly number[]) {
  const mean = w.reduce((sum, one) => sum + one, 0) / w.length;
  const size = Math.max(...w.map(Math.abs));
  const spread = Math.max(...w) - Math.min(...w);
  return {
    from: w.map((one) => one - mean),
    flat: spread === 0,
    tight: spread < 1e-8 * size,
  };
}

/** Volume-weighted average price since midnight UTC. */
export function vwap(x: Series, volume: readonly number[], time: Float64Array): Series {
  const value: number[] = [];
  const slack: number[] = [];
  let day = Number.NaN;
  let bars: number[] = [];
  let doubt = 0;
  x.value.forEach((price, bar) => {
    const missing = Number.isNaN(price) || Number.isNaN(volume[bar]);
    doubt = Math.max(doubt, x.slack[bar]);
    if (!missing) {
      const now = Math.floor(time[bar] / DAY);
      if (now !== day) bars = [];
      day = now;
      bars.push(bar);
    }
    const total = bars.reduce((sum, i) => sum + volume[i], 0);
    const known = !missing && total > 0;
    const sum = bars.reduce((all, i) => all + volume[i] * (x.value[i] / total), 0);
    const size = Math.max(0, ...bars.map((i) => Math.abs(x.value[i])));
    value.push(known ? sum : Number.NaN);
    slack.push(doubt === 0 ? (known ? 1e-9 * size + 1e-150 : 0) : Infinity);
  });
  return { value, slack };
}
