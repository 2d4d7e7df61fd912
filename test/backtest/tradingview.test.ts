import { join } from "node:path";
import { expect, test } from "vitest";
import { backtest, compile, loadDataset } from "../../src/index.ts";
import { hasShared, readRows, SHARED } from "./shared-data.ts";

const rsi = { kind: "func", name: "rsi", field: "close", period: 14 };

/** `strategy.entry` reverses: from flat one unit, from the other side two. */
function entries(kind: "cross_over" | "cross_under", level: number, side: "buy" | "sell") {
  const cross = { kind, left: rsi, right: { kind: "literal", value: level } };
  const from = (state: string, quantity: string) => ({
    when: { kind: "all_of", conditions: [{ kind: "position", state }, cross] },
    then: { side, quantity },
  });
  return [from("flat", "1"), from(side === "buy" ? "short" : "long", "2")];
}

test.skipIf(!hasShared)("TradingView's RSI strategy: 194 entries and exits, exact", async () => {
  const rules = [...entries("cross_over", 30, "buy"), ...entries("cross_under", 70, "sell")];
  const { program, diagnostics } = compile({ type: "rule_based", rules });
  expect(diagnostics).toEqual([]);
  const data = await loadDataset(join(SHARED, "tradingview/eurusd_60m_ohlcv.csv.gz"));
  const { result } = backtest(program!, data);

  const rows = readRows("tradingview/rsi_trades.csv").map((row) => ({
    side: row["Type"].split(" ")[1],
    time: Date.parse(row["Date/Time"].replace(/(\d\d)$/, ":$1")),
    price: Number(row["Price USD"]),
  }));
  const ours = result.trades.flatMap((t) => [
    { side: t.side, time: Date.parse(t.entry_time), price: t.entry_price },
    { side: t.side, time: Date.parse(t.exit_time ?? ""), price: t.exit_price },
  ]);
  // The export closes what is open at the end of its data; here it stays open.
  expect(rows).toHaveLength(388);
  expect(ours.slice(0, -1)).toEqual(rows.slice(0, -1));
  expect(result.trades.at(-1)?.status).toBe("open");
});
