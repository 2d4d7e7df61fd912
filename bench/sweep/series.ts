import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Bars } from "../../src/vector/columns.ts";
import { random } from "../../test/reference/random.ts";

/** Where data lies that is not part of the project. */
export const SHARED =
  process.env["SWYMC_SHARED_DATA"] ??
  fileURLToPath(new URL("../../../shared/data", import.meta.url));

/** Bars of a shared CSV file, or null where the shared data is not there. */
export function sharedBars(name: string): Bars | null {
  const path = [`${SHARED}/ohlcv/${name}.csv.gz`, `${SHARED}/ohlcv/${name}.csv`].find(existsSync);
  if (path === undefined) return null;
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  const rows = text.trim().split("\n").slice(1);
  const cells = rows.map((row) => row.split(","));
  const column = (k: number) => Float64Array.from(cells, (row) => Number(row[k]));
  return {
    time: Float64Array.from(cells, ([time]) => Date.parse(time!)),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** The first `count` bars. */
export function firstBars(bars: Bars, count: number): Bars {
  return Object.fromEntries(
    Object.entries(bars).map(([name, values]) => [name, values.slice(0, count)]),
  ) as unknown as Bars;
}

/** The last `count` bars. */
export function lastBars(bars: Bars, count: number): Bars {
  return Object.fromEntries(
    Object.entries(bars).map(([name, values]) => [name, values.slice(-count)]),
  ) as unknown as Bars;
}

/** Bars of a walk exp(Σ N(mean, deviation)) from 100 on, each opening where the one before closed. */
export function walk(
  count: number,
  seed: number,
  mean: number,
  deviation: number,
  step: number,
): Bars {
  const next = random(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const column = () => new Float64Array(count);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column().fill(1),
  };
  let sum = 0;
  for (let i = 0; i < count; i++) {
    bars.time[i] = 946_684_800_000 + i * step;
    bars.open[i] = 100 * Math.exp(sum);
    sum += mean + deviation * normal();
    bars.close[i] = 100 * Math.exp(sum);
    bars.high[i] = Math.max(bars.open[i]!, bars.close[i]!);
    bars.low[i] = Math.min(bars.open[i]!, bars.close[i]!);
  }
  return bars;
}
