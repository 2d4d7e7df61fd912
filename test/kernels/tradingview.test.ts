import { describe, expect, test } from "vitest";
import { indicator, kernelOf } from "../../src/indicators/registry.ts";
import { column, hasShared, readColumns, SKIPPED, worst } from "./golden-data.ts";

if (!hasShared) console.log(`TradingView's exports: skipped, ${SKIPPED}`);

type Bars = ReadonlyMap<string, Float64Array>;

/** How an exported column is made: indicator, parameters, sources where they are not the close, output. */
interface Export {
  readonly file: string;
  readonly column: string;
  readonly indicator: string;
  readonly params: readonly number[];
  /** The freely chosen series; the close unless given. */
  readonly source?: (bars: Bars) => Float64Array;
  readonly output?: string;
  /** Largest difference, relative to the value; 1e-9 unless given. */
  readonly tolerance?: number;
  /** Bars that TradingView gives a value, where our warm-up is na. */
  readonly early?: number;
}

const mean =
  (...names: string[]) =>
  (bars: Bars) =>
    bars
      .get("close")!
      .map((_, i) => names.reduce((sum, name) => sum + bars.get(name)![i], 0) / names.length);
const hl2 = mean("high", "low");
const hlc3 = mean("high", "low", "close");
const ohlc4 = mean("open", "high", "low", "close");
const hlcc4 = mean("high", "low", "close", "close");
const ema20 = (bars: Bars) => run("ema", [20], bars)[0];

const EXPORTS: readonly Export[] = [
  { file: "ma", column: "ta.sma(hl2, 20)", indicator: "sma", params: [20], source: hl2 },
  { file: "ma", column: "ta.sma(hlc3, 15)", indicator: "sma", params: [15], source: hlc3 },
  { file: "ma", column: "ta.ema(ohlc4, 10)", indicator: "ema", params: [10], source: ohlc4 },
  { file: "ma", column: "ta.rma(hlcc4, 5)", indicator: "rma", params: [5], source: hlcc4 },
  { file: "ma", column: "ta.rma(high, 15)", indicator: "rma", params: [15], source: mean("high") },
  { file: "ma", column: "ta.alma(close, 5, 0.85, 6)", indicator: "alma", params: [5, 0.85, 6] },
  { file: "ma", column: "ta.alma(close, 10, 0.55, 12)", indicator: "alma", params: [10, 0.55, 12] },
  { file: "ma", column: "ta.wma(close, 5)", indicator: "wma", params: [5] },
  { file: "ma", column: "ta.wma(close, 20)", indicator: "wma", params: [20] },
  { file: "ma", column: "ta.hma(close, 9)", indicator: "hma", params: [9] },
  { file: "ma", column: "ta.hma(close, 20)", indicator: "hma", params: [20] },
  { file: "ma", column: "ta.swma(hlc3)", indicator: "swma", params: [], source: hlc3 },
  { file: "ma", column: "ta.vwma(close, 20)", indicator: "vwma", params: [20] },
  { file: "bb", column: "ta.bbw(close, 20, 2.1)", indicator: "bbw", params: [20, 2.1] },
  { file: "linreg", column: "ta.linreg(close, 20, 0)", indicator: "linreg", params: [20, 0] },
  { file: "linreg", column: "ta.linreg(close, 20, 10)", indicator: "linreg", params: [20, 10] },
  { file: "tr", column: "ta.tr(false)", indicator: "tr", params: [0], tolerance: 0 },
  { file: "tr", column: "ta.tr", indicator: "tr", params: [0], tolerance: 0 },
  { file: "tr", column: "ta.tr(true)", indicator: "tr", params: [1], tolerance: 0 },
  { file: "tr", column: "ta.atr(14)", indicator: "atr", params: [14], tolerance: 0 },
  { file: "cci_cmo_cog", column: "ta.cmo(close, 20)", indicator: "cmo", params: [20] },
  { file: "cci_cmo_cog", column: "ta.cci(close, 20)", indicator: "cci", params: [20] },
  { file: "rsi", column: "ta.mfi(close, 14)", indicator: "mfi", params: [14] },
  { file: "rsi", column: "ta.stoch(close, high, low, 20)", indicator: "stoch", params: [20] },
  { file: "tsi", column: "ta.tsi(close, 12, 26)", indicator: "tsi", params: [12, 26] },
  { file: "wpr", column: "ta.wpr(20)", indicator: "wpr", params: [20] },
  { file: "iii_nvi_obv", column: "ta.obv", indicator: "obv", params: [], tolerance: 0 },
  ...(["plus", "minus", "adx"] as const).map((output, k) => ({
    file: "dmi",
    column: `ta.dmi(17, 14).${["dip", "dim", "adx"][k]}`,
    indicator: "dmi",
    params: [17, 14],
    output,
  })),
  { file: "range", column: "ta.range(close, 20)", indicator: "range", params: [20], tolerance: 0 },
  { file: "min_max_median_mode", column: "median(close)", indicator: "median", params: [20] },
  { file: "min_max_median_mode", column: "mode(close)", indicator: "mode", params: [20] },
  ...["highest", "lowest"].flatMap((name) => {
    const side = mean(name === "highest" ? "high" : "low");
    const file = "highest_lowest";
    const bars = { file, indicator: `${name}bars`, params: [10], tolerance: 0 };
    return [
      { file, column: `ta.${name}(10)`, indicator: name, params: [10], source: side, tolerance: 0 },
      { file, column: `ta.${name}(close, 10)`, indicator: name, params: [10], tolerance: 0 },
      { ...bars, column: `ta.${name}bars(10)`, source: side },
      { ...bars, column: `ta.${name}bars(close, 10)` },
    ];
  }),
  ...["high", "low"].flatMap((side) => {
    const pivot = { file: "pivot", indicator: `pivot${side}`, params: [10, 5], tolerance: 0 };
    return [
      { ...pivot, column: `ta.pivot${side}(10, 5)`, source: mean(side) },
      { ...pivot, column: `ta.pivot${side}(close, 10, 5)` },
    ];
  }),
  // Exported as 1 and -1 (falling), never na; the average is ta.ema(close, 20).
  ...["rising", "falling"].map((name) => ({
    file: "falling_rising",
    column: `ta.${name}(ema, 5)`,
    indicator: name,
    params: [5],
    source: ema20,
    tolerance: 0,
    early: 24,
  })),
];

function run(
  name: string,
  params: readonly number[],
  bars: Bars,
  source = bars.get("close")!,
): Float64Array[] {
  const { sources, outputs } = indicator(name)!;
  const columns = sources.map((one) =>
    one === "source" ? source : bars.get(one === "volume" ? "Volume" : one)!,
  );
  const results = outputs.map(() => new Float64Array(source.length));
  kernelOf(name, "tv")(columns, params, results);
  return results;
}

describe.skipIf(!hasShared)("indicators equal TradingView's exports", () => {
  test.each(EXPORTS.map((one) => [one.column, one] as const))("%s", (_, one) => {
    const bars = readColumns(`tradingview/${one.file}.csv`);
    const source = one.source?.(bars);
    const output = indicator(one.indicator)!.outputs.indexOf(one.output ?? "value");
    const found = run(one.indicator, one.params, bars, source)[Math.max(0, output)];
    const early = one.early ?? 0;
    const wanted = column(bars, one.column).map(one.early ? Math.abs : (value) => value);
    const { tolerance = 1e-9 } = one;
    const check = worst(
      found.subarray(early),
      wanted.subarray(early),
      (value) => tolerance * Math.abs(value),
    );
    expect(check.worst, `bar ${check.bar + early}`).toBeLessThanOrEqual(tolerance === 0 ? 0 : 1);
    expect(check.compared).toBeGreaterThan(one.file === "pivot" ? 5 : 80);
    expect(found.subarray(0, early).every(Number.isNaN)).toBe(true);
  });

  test("of equal extremes the oldest counts: the exports have nine such windows", () => {
    const bars = readColumns("tradingview/highest_lowest.csv");
    let ties = 0;
    for (const [name, of, sign] of [
      ["ta.highestbars(10)", "high", 1],
      ["ta.highestbars(close, 10)", "close", 1],
      ["ta.lowestbars(10)", "low", -1],
      ["ta.lowestbars(close, 10)", "close", -1],
    ] as const) {
      const distances = column(bars, name);
      const values = bars.get(of)!.map((value) => sign * value);
      for (let i = 9; i < values.length; i++) {
        const window = values.subarray(i - 9, i + 1);
        const oldest = window.indexOf(Math.max(...window));
        if (window.lastIndexOf(window[oldest]) === oldest) continue;
        ties++;
        expect(distances[i], `${name}, bar ${i}`).toBe(oldest - 9);
      }
    }
    expect(ties).toBe(9);
  });
});
