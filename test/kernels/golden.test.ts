import { describe, expect, test } from "vitest";
import { kernelOf } from "../../src/indicators/registry.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import { column, hasShared, readColumns, SKIPPED, worst } from "./golden-data.ts";

if (!hasShared) console.log(`golden indicator values: skipped, ${SKIPPED}`);

const DATASETS = ["nvda_1d", "eurusd_1h", "btcusdt_1h", "fesx_1m"] as const;

/** How a golden column is made by a kernel. */
interface Recipe {
  readonly indicator: string;
  readonly dialect: Dialect;
  readonly params: readonly number[];
  readonly output: number;
  readonly source: string;
  readonly deviation: boolean;
}

/** The recipe of a column, or null where no dialect makes it (`ema_adjust_n` is a third convention). */
function recipeOf(library: "backtrader" | "pandas", name: string): Recipe | null {
  const of = (
    indicator: string,
    dialect: Dialect,
    params: number[],
    rest: Partial<Recipe> = {},
  ): Recipe => ({
    indicator,
    dialect,
    params,
    output: 0,
    source: "close",
    deviation: false,
    ...rest,
  });
  const [, base, ...numbers] = /^([a-z_]+?(?:_ddof1)?)_([\d.]+)(?:_([\d.]+))?/.exec(name) ?? [];
  const params = numbers.filter((n) => n !== undefined).map(Number);
  if (base === "ema_adjust") return null;
  if (base === "ema") return of("ema", library, params);
  if (base === "ema_smaseed") return of("ema", "tv", params);
  if (base === "rsi") return of("rsi", "backtrader", params);
  if (base === "rsi_ewm") return of("rsi", "pandas", params);
  if (base === "rsi_smaseed") return of("rsi", "tv", params);
  if (base === "sma") return of("sma", library, params);
  // pandas' bands and std_n are ddof 0, as in tv; its own default, dialect pandas, is std_ddof1.
  const population: Dialect = library === "pandas" ? "tv" : library;
  if (base === "std") return of("std_dev", population, params, { deviation: true });
  if (base === "std_ddof1") return of("std_dev", "pandas", params, { deviation: true });
  if (base === "bb") {
    const output = ["mid", "upper", "lower"].indexOf(name.slice(name.lastIndexOf("_") + 1));
    return of("bollinger", population, params, { output, deviation: output > 0 });
  }
  const [, indicator, source] = /^(highest|lowest)_(high|low|close)$/.exec(base) ?? [];
  return of(indicator, library, params, { source });
}

function evaluate(recipe: Recipe, bars: Map<string, Float64Array>): Float64Array {
  const source = column(bars, recipe.source);
  const outputs = (recipe.indicator === "bollinger" ? [0, 1, 2] : [0]).map(
    () => new Float64Array(source.length),
  );
  kernelOf(recipe.indicator, recipe.dialect)([source], recipe.params, outputs);
  return outputs[recipe.output];
}

/** 1e-9 of the value; deviations and bands 1e-5 of the value or 1e-9 of the price, as backtrader's form cancels. */
function toleranceOf(recipe: Recipe, price: Float64Array) {
  return recipe.deviation
    ? (wanted: number, bar: number) => Math.max(1e-5 * Math.abs(wanted), 1e-9 * price[bar])
    : (wanted: number) => 1e-9 * Math.abs(wanted);
}

describe.skipIf(!hasShared)("kernels equal the golden values", () => {
  for (const dataset of DATASETS) {
    for (const library of ["backtrader", "pandas"] as const) {
      test(`of ${library} on ${dataset}`, () => {
        const bars = readColumns(`ohlcv/${dataset}.csv`);
        const golden = readColumns(`indicators/${dataset}.${library}.csv`);
        const price = column(bars, "close");
        let columns = 0;
        for (const [name, wanted] of golden) {
          const recipe = name === "ts" ? null : recipeOf(library, name);
          if (recipe === null) continue;
          const found = evaluate(recipe, bars).subarray(0, wanted.length);
          const check = worst(found, wanted, toleranceOf(recipe, price));
          // Everything of backtrader but deviations comes out to the last bit.
          const allowed = library === "backtrader" && !recipe.deviation ? 0 : 1;
          expect(check.worst, `${name} at bar ${check.bar}`).toBeLessThanOrEqual(allowed);
          expect(check.compared).toBeGreaterThan(1000);
          columns++;
        }
        expect(columns).toBe(library === "backtrader" ? 28 : 36);
      });
    }
  }
});

describe.skipIf(!hasShared)("kernels equal TradingView's exports", () => {
  const exports: readonly [
    file: string,
    name: string,
    indicator: string,
    params: number[],
    tolerance: number,
  ][] = [
    ["ma", "ta.sma(close, 10)", "sma", [10], 1e-14],
    ["ma", "ta.ema(close, 20)", "ema", [20], 4e-16],
    ["rsi", "ta.rsi(close, 14)", "rsi", [14], 0],
    ["bb", "ta.bb(close, 20, 2).base", "bollinger", [20, 2], 1e-14],
    ["bb", "ta.bb(close, 20, 2).upper", "bollinger", [20, 2], 2e-12],
    ["bb", "ta.bb(close, 20, 2).lower", "bollinger", [20, 2], 2e-12],
    ["highest_lowest", "ta.highest(close, 10)", "highest", [10], 0],
    ["highest_lowest", "ta.lowest(close, 10)", "lowest", [10], 0],
    ["highest_lowest", "ta.highest(10)", "highest", [10], 0],
    ["highest_lowest", "ta.lowest(10)", "lowest", [10], 0],
  ];
  for (const [file, name, indicator, params, tolerance] of exports) {
    test(name, () => {
      const bars = readColumns(`tradingview/${file}.csv`);
      const source =
        name === "ta.highest(10)" ? "high" : name === "ta.lowest(10)" ? "low" : "close";
      const output = Math.max(
        0,
        ["base", "upper", "lower"].indexOf(name.slice(-5).replace(/^\./, "")),
      );
      const recipe = {
        indicator,
        dialect: "tv",
        params,
        output,
        source,
        deviation: false,
      } as const;
      const wanted = column(bars, name);
      const check = worst(evaluate(recipe, bars), wanted, (value) => tolerance * Math.abs(value));
      expect(check.worst, `bar ${check.bar}`).toBeLessThanOrEqual(tolerance === 0 ? 0 : 1);
      expect(check.compared).toBeGreaterThan(100);
    });
  }
});
