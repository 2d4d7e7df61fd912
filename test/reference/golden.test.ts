import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Condition, Rule, StrategyDocument } from "../../src/dsl/document.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { FREE, simulate } from "./simulate.ts";

/*
 * The reference against backtrader 1.9.78.123: ../shared/data/backtests, whose README names call and versions.
 * Times are exact, prices to 1e-12 (its averages), equity to 1e-9 relative.
 */
const shared = new URL("../../../shared/data/", import.meta.url);
const text = (path: string) => {
  const bytes = readFileSync(new URL(path, shared));
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
};
const rows = (path: string) =>
  text(path)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

function barsOf(file: string): Bars {
  const lines = rows(`ohlcv/${file}`);
  const column = (index: number) => Float64Array.from(lines, (line) => Number(line[index]));
  return {
    time: Float64Array.from(lines, (line) => Date.parse(line[0])),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function inPosition(state: "flat" | "long", condition: Condition): Condition {
  return { kind: "all_of", conditions: [{ kind: "position", state }, condition] };
}

function longOnly(enter: Condition, leave: Condition): StrategyDocument {
  const rules: Rule[] = [
    { when: inPosition("flat", enter), then: { side: "buy", quantity: "1" } },
    { when: inPosition("long", leave), then: { side: "sell", quantity: "1" } },
  ];
  return { type: "rule_based", rules };
}

const strategies: Record<string, StrategyDocument> = {
  ema_cross_12_26: longOnly(
    { kind: "ema_crossover", fast_period: 12, slow_period: 26, direction: "above" },
    { kind: "ema_crossover", fast_period: 12, slow_period: 26, direction: "below" },
  ),
  rsi14_reversal: longOnly(
    { kind: "rsi", threshold: 30, comparison: "below" },
    { kind: "rsi", threshold: 70, comparison: "above" },
  ),
  bollinger_20_2_breakout: longOnly(
    { kind: "bollinger", band: "above_upper" },
    { kind: "bollinger", band: "below_lower" },
  ),
};

describe.skipIf(!existsSync(shared))(
  "the reference against backtrader (skipped without ../shared/data)",
  () => {
    const nvda = "nvda_1d.csv";
    it.each([
      ["nvda_1d.ema_cross_12_26.comm10bp", nvda],
      ["nvda_1d.rsi14_reversal.comm10bp", nvda],
      ["nvda_1d.bollinger_20_2_breakout.comm10bp", nvda],
      ["nvda_1d.ema_cross_12_26.nocomm", nvda],
    ])("%s", (key, file) => {
      const commission = key.endsWith("nocomm") ? 0 : 0.001;
      const strategy = strategies[key.split(".")[1]];
      const bars = barsOf(file);
      const result = simulate(strategy, bars, { ...FREE, cash: 100_000, commission });
      const golden = rows(`backtests/${key}.trades.csv`);
      const iso = (bar: number | undefined) =>
        bar === undefined ? "" : new Date(bars.time[bar]).toISOString().replace(".000Z", "Z");
      expect(
        result.trades.map(({ side, entry, exit }) => [
          side,
          ...[entry.signalBar, entry.bar, exit?.signalBar, exit?.bar].map(iso),
        ]),
      ).toEqual(golden.map((row) => [row[1], row[3], row[4], row[6], row[7]]));
      result.trades.forEach(({ entry, exit }, index) => {
        expect(entry.price / Number(golden[index][5])).toBeCloseTo(1, 12);
        if (exit) expect(exit.price / Number(golden[index][8])).toBeCloseTo(1, 12);
      });
      const equity = rows(`backtests/${key}.equity.csv.gz`).map((row) => Number(row[3]));
      const worst = equity.reduce(
        (most, value, bar) => Math.max(most, Math.abs(result.equity[bar] / value - 1)),
        0,
      );
      expect(worst).toBeLessThan(1e-9);
      expect(result.equity.length).toBe(equity.length);
    });
  },
);
