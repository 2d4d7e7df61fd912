import { expect, test } from "vitest";
import type { ScriptBrokerSettings } from "../../src/backtest/script/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { hasShared, readRows } from "../backtest/shared-data.ts";
import { LONG, run, SHORT } from "./broker-support.ts";

/**
 * TradingView's own trade lists (PyneSys/pynecore @401cd39726f2; ../shared/data/README.md tells the rules), reproduced by
 * driving the broker by hand. The export closes what is open at the end of its data; here it stays open.
 */
const TICK = 1e-5;
const EURUSD: Partial<ScriptBrokerSettings> = { tick: TICK, snap: true };

test.skipIf(!hasShared)("the RSI strategy: 194 trades of market entries that reverse", () => {
  const bars = readChart("tradingview/eurusd_60m_ohlcv.csv.gz");
  const rsi = rsi14(bars.close);
  const result = run(bars, { ...EURUSD, initial_capital: 100_000 }, (desk, bar) => {
    if (rsi[bar] > 30 && rsi[bar - 1] <= 30) desk.entry("RsiLE", LONG);
    if (rsi[bar] < 70 && rsi[bar - 1] >= 70) desk.entry("RsiSE", SHORT);
  });
  expectTrades(bars, result, "tradingview/rsi_trades.csv", 194);
});

test.skipIf(!hasShared)("the channel breakout: 2,946 trades of stop entries", () => {
  const bars = readChart("tradingview/eurusd_60m_ohlcv.csv.gz");
  const { high, low } = bars;
  const result = run(bars, { ...EURUSD, initial_capital: 100_000 }, (desk, bar) => {
    const up = Math.max(...high.subarray(bar - 4, bar + 1));
    if (bar >= 5) desk.entry("ChBrkLE", LONG, { stop: up + TICK });
    // On the first bars the lowest low is na, and an order whose stop is na is a market order.
    const down = bar < 4 ? Number.NaN : Math.min(...low.subarray(bar - 4, bar + 1));
    desk.entry("ChBrkSE", SHORT, { stop: down - TICK });
  });
  expectTrades(bars, result, "tradingview/channelbreakout_trades.csv", 2946);
});

test.skipIf(!hasShared)("slippage and commission on market entries: 2,304 trades", () => {
  const bars = readChart("tradingview/slippage_direction_ohlcv.csv");
  const settings = { ...EURUSD, slippage: 15, commission_value: 0.1 };
  const result = run(bars, settings, (desk, bar) => {
    if (bar < 20 || bar % 10 !== 0) return;
    const flip = (bar - 20) / 10;
    if (flip % 2 === 0) desk.entry(`Flip to Long #${flip}`, LONG);
    else desk.entry(`Flip to Short #${flip}`, SHORT);
  });
  expectTrades(bars, result, "tradingview/slippage_direction_trades.csv", 2304);
});

test.skipIf(!hasShared)(
  "limit entries, which do not slip, with stops, which do: 281 trades",
  () => {
    const bars = readChart("tradingview/slippage_limit_ohlcv.csv");
    const { close } = bars;
    const fast = mean(close, 10);
    const slow = mean(close, 20);
    const settings = { ...EURUSD, slippage: 20, commission_value: 0.1 };
    const result = run(bars, settings, (desk, bar) => {
      const above = fast[bar] > slow[bar] && fast[bar - 1] <= slow[bar - 1];
      const below = fast[bar] < slow[bar] && fast[bar - 1] >= slow[bar - 1];
      const buy = close[bar] * (1 - 0.005);
      const sell = close[bar] * (1 + 0.005);
      if (above) desk.entry("Long", LONG, { limit: buy });
      if (below) desk.entry("Short", SHORT, { limit: sell });
      const { position_size: size, position_avg_price: price } = desk.broker;
      if (size > 0) desk.exit("Stop Exit", "", { stop: price * (1 - 0.01) });
      if (size < 0) desk.exit("Stop Exit", "", { stop: price * (1 + 0.01) });
    });
    expectTrades(bars, result, "tradingview/slippage_limit_trades.csv", 281);
  },
);

/** Time, side and price of each entry and exit, quantity; profit, run-up and drawdown in percent; the last exit is the end of the data. */
function expectTrades(
  bars: Bars,
  result: ReturnType<typeof run>,
  list: string,
  count: number,
): void {
  const rows = readRows(list);
  expect(rows).toHaveLength(2 * count);
  const { trades } = result;
  const theirs = rows.map((row) => ({
    trade: row["Trade #"],
    type: row["Type"],
    time: Date.parse(row["Date/Time"].replace(/(\d\d)$/, ":$1")),
    price: Number(row["Price USD"]).toFixed(5),
    quantity: Number(row["Position size (qty)"]),
  }));
  const ours = Array.from({ length: trades.length }, (_, i) => {
    const side = trades.side[i] > 0 ? "long" : "short";
    const trade = String(i + 1);
    const quantity = trades.quantity[i];
    const leg = (type: string, bar: number, price: number) => ({
      trade,
      type: `${type} ${side}`,
      time: bars.time[bar],
      price: price.toFixed(5),
      quantity,
    });
    return [
      leg("Entry", trades.entryBar[i], trades.entryPrice[i]),
      leg("Exit", trades.exitBar[i], trades.exitPrice[i]),
    ];
  }).flat();
  expect(ours.slice(0, -1)).toEqual(theirs.slice(0, -1));
  expect(trades.open[count - 1]).toBe(1);
  // Two decimals, cut off or rounded; a drawdown is negative there.
  const differs = (ours: number, theirs: string) => Math.abs(ours - Number(theirs)) > 0.0101;
  const wrong: string[] = [];
  for (let i = 0; i < count - 1; i++) {
    const row = rows[2 * i];
    const profit = (trades.pnl[i] / (trades.quantity[i] * trades.entryPrice[i])) * 100;
    const runup = result.broker.trade("closed", "max_runup_percent", i);
    const drawdown = result.broker.trade("closed", "max_drawdown_percent", i);
    if (differs(profit, row["Net P&L %"])) wrong.push(`profit of ${i + 1}`);
    if (differs(runup, row["Run-up %"])) wrong.push(`run-up of ${i + 1}`);
    if (differs(-drawdown, row["Drawdown %"])) wrong.push(`drawdown of ${i + 1}`);
  }
  expect(wrong).toEqual([]);
}

function readChart(path: string): Bars {
  const rows = readRows(path);
  const column = (name: string) =>
    Float64Array.from(rows, (row) =>
      Number(row[name] ?? row[name[0].toUpperCase() + name.slice(1)]),
    );
  return {
    time: Float64Array.from(rows, (row) => Date.parse(row["time"])),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  };
}

function mean(source: Float64Array, period: number): Float64Array {
  return source.map((_, bar) => {
    if (bar < period - 1) return Number.NaN;
    let sum = 0;
    for (let i = bar - period + 1; i <= bar; i++) sum += source[i];
    return sum / period;
  });
}

function rsi14(close: Float64Array): Float64Array {
  let up = 0;
  let down = 0;
  return close.map((price, bar) => {
    if (bar === 0) return Number.NaN;
    const change = price - close[bar - 1];
    const rise = Math.max(change, 0);
    const fall = Math.max(-change, 0);
    if (bar <= 14) {
      up += rise / 14;
      down += fall / 14;
      return bar === 14 ? 100 - 100 / (1 + up / down) : Number.NaN;
    }
    up = (up * 13 + rise) / 14;
    down = (down * 13 + fall) / 14;
    return 100 - 100 / (1 + up / down);
  });
}
