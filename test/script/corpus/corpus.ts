import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { ChartOptions } from "../../../src/script/runtime/chart.ts";
import type { Bars } from "../../../src/vector/columns.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");
const CORPUS = join(FIXTURES, "pine/corpus");

/** One script of the corpus: its text, the bars that its first comment names, and where its trades are kept. */
export interface CorpusScript {
  readonly name: string;
  readonly topic: string;
  readonly text: string;
  readonly version: number;
  readonly market: Market;
  readonly tradesPath: string;
}

export interface Market {
  readonly bars: Bars;
  readonly chart: ChartOptions;
  /** As scripts name the step of the bars. */
  readonly timeframe: string;
}

interface Source {
  readonly path: string;
  readonly length: number;
  readonly timeframe: string;
  readonly chart: ChartOptions;
}

const SOURCES: Readonly<Record<string, Source>> = {
  synthetic_1h: {
    path: "ohlcv/synthetic_1h.csv",
    length: 800,
    timeframe: "60",
    chart: { symbol: "COIN", mintick: 0.01, timezone: "UTC" },
  },
  synthetic_1d: {
    path: "ohlcv/synthetic_1d.csv",
    length: 600,
    timeframe: "1D",
    chart: { symbol: "COIN", mintick: 0.01, timezone: "UTC" },
  },
  session_15m: {
    path: "pine/bars/session_15m.csv",
    length: 1170,
    timeframe: "15",
    chart: { symbol: "STOCK", mintick: 0.01, timezone: "America/New_York" },
  },
};

const read = new Map<string, Market>();

function marketOf(name: string): Market {
  const source = SOURCES[name];
  if (source === undefined) throw new Error(`no bars named ${name}`);
  let market = read.get(name);
  if (market === undefined) {
    const { path, length, timeframe, chart } = source;
    market = { bars: barsOf(join(FIXTURES, path), length), timeframe, chart };
    read.set(name, market);
  }
  return market;
}

function barsOf(path: string, length: number): Bars {
  const rows = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1, 1 + length)
    .map((line) => line.split(","));
  const column = (at: number) => Float64Array.from(rows, (row) => Number(row[at]));
  return {
    time: Float64Array.from(rows, (row) => Date.parse(row[0])),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** All scripts, by topic and name. A line `// bars: NAME` says what a script is run on. */
export function corpus(): readonly CorpusScript[] {
  const paths = readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".pine"))
    .sort();
  return paths.map((path) => {
    const text = readFileSync(join(CORPUS, path), "utf8");
    const full = join(CORPUS, path);
    return {
      name: basename(path, ".pine"),
      topic: relative(CORPUS, dirname(full)),
      text,
      version: Number(/^\s*\/\/\s*@version=(\d)/m.exec(text)?.[1] ?? 1),
      market: marketOf(/^\/\/ bars: (\w+)/m.exec(text)?.[1] ?? "synthetic_1h"),
      tradesPath: full.replace(/\.pine$/, ".trades.csv"),
    };
  });
}
