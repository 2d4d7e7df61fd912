import type { IndicatorDefinition } from "../../../src/indicators/definition.ts";
import { generator } from "../cases.ts";
import { exact } from "./fixed.ts";
import type { Bars } from "./series.ts";

/** Prices by size: how far they lie from 0 and how far from each other. */
export const REGIMES = {
  ordinary: "a walk on a grid of 0.01 from 100 on",
  far: "1e9 ± 0.001",
  tiny: "1e-8 ± 20 %",
} as const;

export type Regime = keyof typeof REGIMES;

export type Columns = Readonly<Record<keyof Bars, Float64Array>>;

export function columnsOf(regime: Regime, bars: number, seed: number): Columns {
  const random = generator(seed);
  const series = (f: () => number) => Float64Array.from({ length: bars }, f);
  let price = 100;
  const walk = () => {
    price = Math.max(1, price + Math.round(100 * (random() - 0.5)) / 100);
    return Math.round(100 * price) / 100;
  };
  const closes: Record<Regime, () => number> = {
    ordinary: walk,
    far: () => 1e9 + 0.002 * (random() - 0.5),
    tiny: () => 1e-8 * (1 + 0.4 * (random() - 0.5)),
  };
  const spread = { ordinary: 0.5, far: 0.0005, tiny: 1e-9 }[regime];
  const x = series(closes[regime]);
  const open = x.map((value, i) => (i === 0 ? value : x[i - 1]));
  return {
    x,
    open,
    high: x.map((value, i) => Math.max(value, open[i]) + spread * random()),
    low: x.map((value, i) => Math.min(value, open[i]) - spread * random()),
    other: x.map((value) => value + 2 * spread * (random() - 0.5)),
    volume: series(() => 1 + Math.floor(1000 * random())),
    condition: series(() => (random() < 0.3 ? 1 : 0)),
    time: Float64Array.from({ length: bars }, (_, i) => Date.UTC(2024, 0, 1) + 7_200_000 * i),
  };
}

export function sourcesOf({ sources }: IndicatorDefinition, columns: Columns): Float64Array[] {
  return sources.map((name) =>
    name === "source" || name === "close" ? columns.x : columns[name as keyof Columns],
  );
}

export function exactBars({ time, ...columns }: Columns): Bars {
  const converted = Object.entries(columns).map(([name, column]) => [
    name,
    Array.from(column, exact),
  ]);
  return { ...Object.fromEntries(converted), time: Array.from(time) };
}
