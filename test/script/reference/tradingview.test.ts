import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { hasShared, readRows } from "../../backtest/shared-data.ts";
import type { SlowBars } from "./broker.ts";
import { interpretScript, type SlowRun } from "./interpret-script.ts";

const PINE = join(import.meta.dirname, "../../../fixtures/pine");

function barsOf(path: string): SlowBars {
  const rows = readRows(path);
  const column = (name: string) => rows.map((row) => Number(row[name]));
  return {
    time: rows.map((row) => Date.parse(row["time"])),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("Volume"),
  };
}

/** Two rows of an export make a trade; the last one is closed by the end of the data, in a row named "Open". */
function exported(path: string) {
  const rows = readRows(path);
  const trades = new Map<string, Record<"entry" | "exit", Record<string, string>>>();
  for (const row of rows) {
    const number = row["Trade #"];
    const trade = trades.get(number) ?? ({} as Record<"entry" | "exit", Record<string, string>>);
    trade[row["Type"].startsWith("Entry") ? "entry" : "exit"] = row;
    trades.set(number, trade);
  }
  return [...trades.values()].map(({ entry, exit }) => ({
    side: entry["Type"] === "Entry long" ? 1 : -1,
    entry: `${Date.parse(entry["Date/Time"])} ${Number(entry["Price USD"]).toFixed(5)}`,
    exit:
      exit["Signal"] === "Open"
        ? "open"
        : `${Date.parse(exit["Date/Time"])} ${Number(exit["Price USD"]).toFixed(5)}`,
  }));
}

function tradesOf({ trades }: SlowRun, bars: SlowBars) {
  const at = (bar: number, price: number) => `${bars.time[bar]} ${price.toFixed(5)}`;
  return trades.map((trade) => ({
    side: trade.direction,
    entry: at(trade.entryBar, trade.entryPrice),
    exit: trade.exitBar < 0 ? "open" : at(trade.exitBar, trade.exitPrice),
  }));
}

const cases = [
  ["rsi", "eurusd_60m_ohlcv.csv.gz", "rsi_trades.csv"],
  ["channel-breakout", "eurusd_60m_ohlcv.csv.gz", "channelbreakout_trades.csv"],
  ["slippage-direction", "slippage_direction_ohlcv.csv", "slippage_direction_trades.csv"],
  ["slippage-limit", "slippage_limit_ohlcv.csv", "slippage_limit_trades.csv"],
] as const;

describe.skipIf(!hasShared)("the slow twin makes TradingView's trades", () => {
  for (const [name, data, list] of cases) {
    test(name, () => {
      const { script, diagnostics } = parseScript(
        readFileSync(join(PINE, `tradingview-${name}.pine`), "utf8"),
      );
      expect(diagnostics).toEqual([]);
      const bars = barsOf(`tradingview/${data}`);
      const run = interpretScript(script, bars, {
        chart: { ticker: "EURUSD", timezone: "America/New_York", tick: 0.00001 },
        settings: { snap: true },
      });
      expect(tradesOf(run, bars)).toEqual(exported(`tradingview/${list}`));
    });
  }
});
