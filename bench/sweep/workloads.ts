import { readFileSync } from "node:fs";
import { compile } from "../../src/index.ts";
import type { Program } from "../../src/program/program.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { firstBars, lastBars, sharedBars, walk } from "./series.ts";
import { ALL_IN, bothWays, levels, ONE, pairs, state, stops } from "./strategies.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What one workload of issue 6 sweeps. */
export interface Workload {
  readonly title: string;
  readonly program: Program;
  readonly series: readonly Bars[];
  /** Rows of parameter values. */
  readonly trials: readonly (readonly number[])[];
  readonly execution: {
    readonly cash: number;
    readonly commission: number;
    readonly fill: "close" | "next_open";
  };
  readonly engine: "wasm" | "js";
  /** vectorbt runs the same pairs of windows up to `last`. */
  readonly vectorbt: {
    readonly last: number;
    readonly kind: "sma" | "ema";
    readonly freq: string;
    readonly direction: "longonly" | "both";
    readonly runs: number;
    /** All rows have to agree; else it is told how many do. */
    readonly strict: boolean;
  } | null;
}

const CLOSE = { cash: 10_000, commission: 0.001, fill: "close" } as const;
const NO_RIVAL = { vectorbt: null, execution: CLOSE, engine: "wasm" } as const;

/** @param short fewer bars and trials, for a machine that checks and does not measure */
export function workload(name: string, short: boolean): Workload {
  switch (name) {
    case "W1":
    case "W8":
      return {
        title: "dual SMA 2..100 × 3 daily series of 2,978 bars, all in, 0.1 %, fill at the close",
        program: compiled(pairs("sma", ALL_IN, "vectorbt")),
        series: daily(),
        trials: windowPairs(short ? 20 : 100),
        execution: CLOSE,
        engine: name === "W8" ? "js" : "wasm",
        vectorbt: {
          last: short ? 20 : 100,
          kind: "sma",
          freq: "1D",
          direction: "longonly",
          runs: 3,
          strict: true,
        },
      };
    case "W2":
      return {
        ...NO_RIVAL,
        title: "dual SMA 2..100, all in, 0.1 %",
        program: compiled(pairs("sma", ALL_IN)),
        series: [walk(short ? 20_000 : 1_000_000, 2, 0, 5e-4, MINUTE)],
        trials: windowPairs(short ? 20 : 100),
      };
    case "W2q":
      return {
        ...workload("W2", short),
        title: "as W2, one unit",
        program: compiled(pairs("sma", ONE)),
      };
    case "W3":
      return {
        ...NO_RIVAL,
        title: "SMA state, 200,000 bars × 10,000 combinations (Manifold-BT's)",
        program: compiled(state()),
        series: [walk(short ? 20_000 : 200_000, 3, 2e-7, 3e-4, MINUTE)],
        trials: manifold(short ? 100 : 10_000),
      };
    case "W4":
      return {
        ...NO_RIVAL,
        title: "RSI of 7, 14, 21, 28 × entry 10..34.5 × exit 65.5..90, 10,000 combinations",
        program: compiled(levels()),
        series: [walk(short ? 20_000 : 1_000_000, 4, 0, 5e-4, MINUTE)],
        trials: grid([7, 14, 21, 28], range(10, 34.5, 0.5), range(65.5, 90, 0.5)),
      };
    case "W5":
      return {
        ...NO_RIVAL,
        title: "SMA cross × stop × target, all in, 0.1 %, 4,500 combinations",
        program: compiled(stops()),
        series: [walk(short ? 20_000 : 1_000_000, 5, 0, 5e-4, MINUTE)],
        trials: pairsOf(short ? [5, 10, 20] : [5, 8, 10, 15, 20, 30, 40, 50, 75, 100]).flatMap(
          (pair) => grid([pair[0]!], [pair[1]!], tenths(1, 10), tenths(2, 20)),
        ),
      };
    case "W6":
      return {
        ...NO_RIVAL,
        title: "two EMAs 2..199 both ways × hourly bars (vectorbt's issue 406)",
        program: compiled(bothWays("vectorbt")),
        series: [hourly(short)],
        trials: windowPairs(short ? 20 : 199),
        vectorbt: {
          last: short ? 20 : 199,
          kind: "ema",
          freq: "1h",
          direction: "both",
          runs: 1,
          strict: false,
        },
      };
    case "W7":
      return {
        ...NO_RIVAL,
        title: "liquidity sweep over lookbacks 2..500",
        program: compiled(lookback()),
        series: [walk(short ? 20_000 : 1_538_435, 7, 0, 5e-4, MINUTE)],
        trials: range(2, short ? 20 : 500).map((period) => [period]),
        execution: { cash: 1_000_000, commission: 0.001, fill: "next_open" },
      };
    default:
      throw new Error(`no workload ${name}`);
  }
}

export const WORKLOADS = ["W1", "W2", "W2q", "W3", "W4", "W5", "W6", "W7", "W8"] as const;

function compiled(document: object): Program {
  const { program, diagnostics } = compile(document);
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program;
}

function daily(): Bars[] {
  const shared = ["nvda_1d", "msft_1d", "spx_1d"].map(sharedBars);
  return shared.map((bars, k) => (bars ? lastBars(bars, 2978) : walk(2978, 10 + k, 0, 0.02, DAY)));
}

function hourly(short: boolean): Bars {
  const bars = sharedBars("btcusdt_1h") ?? walk(37_923, 6, 0, 0.005, 60 * MINUTE);
  return short ? firstBars(bars, 5000) : bars;
}

function range(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);
}

function windowPairs(last: number): number[][] {
  return range(2, last).flatMap((fast) => range(fast + 1, last).map((slow) => [fast, slow]));
}

/** Each with every later one. */
function pairsOf(windows: readonly number[]): number[][] {
  return windows.flatMap((fast, k) => windows.slice(k + 1).map((slow) => [fast, slow]));
}

/** Ten tenths from `first` to `last`. */
function tenths(first: number, last: number): number[] {
  return range(first, last, (last - first) / 9).map((tenth) => tenth / 10);
}

function grid(...axes: readonly number[][]): number[][] {
  return axes.reduce<number[][]>(
    (rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])),
    [[]],
  );
}

/** n_fast the largest divisor of the count up to its root, fast = 5 + 2i, slow = max(fast) + 10 + 5i. */
function manifold(count: number): number[][] {
  let many = Math.floor(Math.sqrt(count));
  while (count % many !== 0) many--;
  const fast = range(0, many - 1).map((k) => 5 + 2 * k);
  const slow = range(0, count / many - 1).map((k) => fast[many - 1]! + 10 + 5 * k);
  return grid(fast, slow);
}

/** The liquidity sweep of the fixtures with its lookback as a parameter. */
function lookback(): object {
  const url = new URL("../../fixtures/rules/liquidity_sweep.json", import.meta.url);
  const text = readFileSync(url, "utf8").replaceAll(
    /"period": 20/g,
    '"period": {"param": "period"}',
  );
  const { $schema: _, ...document } = JSON.parse(text);
  return { ...document, params: { period: { default: 20 } } };
}
