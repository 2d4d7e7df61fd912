import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../src/index.ts";
import { indicator } from "../../src/indicators/registry.ts";
import type { Bars } from "../../src/vector/columns.ts";
import type { Workload } from "./workloads.ts";

/** Rows of return, Sharpe ratio, drawdown and trades, series after series. */
export interface RivalRun {
  /** By the rival's own averages. */
  readonly rows: Float64Array;
  /** By correctly rounded averages; exponential ones are the rival's own. */
  readonly exactRows: Float64Array;
  /** Seconds of CPU time, run after run, compilation apart. */
  readonly cpu: readonly number[];
  /** MB. */
  readonly rss: number;
}

const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const SCRIPT = fileURLToPath(new URL("./vectorbt_pairs.py", import.meta.url));
const BACKTRADER = fileURLToPath(new URL("./backtrader_lookback.py", import.meta.url));

/** vectorbt on a workload; null where it is not installed. */
export function runVectorbt({ series, vectorbt }: Workload, runs: number): RivalRun | null {
  if (vectorbt === null || !existsSync(PYTHON)) return null;
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    const [source, given, target] = ["closes", "averages", "rows"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(source, Buffer.concat(series.map(({ close }) => Buffer.from(close.buffer))));
    const { last, kind, freq, direction } = vectorbt;
    writeFileSync(given, averages(series, kind, last));
    const told = execFileSync(
      PYTHON,
      [SCRIPT, source, given, target, series.length, last, kind, freq, direction, runs].map(String),
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    const { cpu, rss } = JSON.parse(told.trim().split("\n").at(-1)!);
    const bytes = readFileSync(target);
    const both = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    const half = kind === "sma" ? both.length / 2 : 0;
    return {
      rows: both.subarray(0, half || both.length),
      exactRows: both.subarray(half),
      cpu,
      rss,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Averages over 2..last bars of each series, as the kernels make them. */
function averages(series: readonly Bars[], kind: "sma" | "ema", last: number): Buffer {
  const kernel = indicator(kind)!.kernel("vectorbt");
  const parts: Buffer[] = [];
  for (const { close } of series) {
    for (let period = 2; period <= last; period++) {
      const out = new Float64Array(close.length);
      kernel([close], [period], [out]);
      parts.push(Buffer.from(out.buffer));
    }
  }
  return Buffer.concat(parts);
}

/**
 * backtrader's liquidity sweep over one series. Throws where its closed trades are not ours, bar for bar and price for
 * price to 1e-12, or its equity differs by more than 1e-9 of it.
 * @returns null where it is not installed
 */
export function runBacktrader(
  { program, execution }: Workload,
  bars: Bars,
  period: number,
): { period: number; bars: number; trades: number; cpu: number; rss: number } | null {
  if (!existsSync(PYTHON)) return null;
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    const [source, target] = ["bars", "trades"].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    const columns = [bars.open, bars.high, bars.low, bars.close];
    writeFileSync(
      source,
      Buffer.concat(columns.map((one) => Buffer.from(Float64Array.from(one).buffer))),
    );
    const { cash, commission } = execution;
    const args = [BACKTRADER, source, target, period, cash, commission].map(String);
    const told = execFileSync(PYTHON, args, { encoding: "utf8" });
    const { cpu, rss, equity } = JSON.parse(told);
    const bytes = readFileSync(target);
    const theirs = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    const { simulation, metrics } = run(program, bars, { ...execution, params: { period } });
    const { entryBar, entryPrice, exitBar, exitPrice } = simulation.trades;
    const closed = metrics.closed_trades ?? 0;
    const same =
      theirs.length === 4 * closed &&
      // backtrader's prices are values divided by sizes, which rounds.
      theirs.every((value, k) => {
        const ours = [entryBar, entryPrice, exitBar, exitPrice][k % 4]![k >> 2]!;
        return k % 2 === 0 ? value === ours : Math.abs(value / ours - 1) <= 1e-12;
      });
    const near = Math.abs(equity / metrics.final_equity! - 1) <= 1e-9;
    if (!same || !near) throw new Error(`no parity with backtrader: lookback ${period}`);
    return { period, bars: bars.close.length, trades: closed, cpu, rss };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
