import type { Backtest } from "../program/backtest.ts";
import { type MetricsResult, metricsOf } from "../stats/metrics.ts";
import type { TradeColumns } from "../stats/trade-stats.ts";

/** What was run on one test window: a backtest, or nothing for so many bars. */
export type TestRun =
  | { readonly run: Backtest; readonly bars: number }
  | { readonly run: null; readonly bars: number };

export interface Stitched extends MetricsResult {
  /** One value per bar from the first test on. */
  readonly equity: Float64Array;
}

export interface StitchSettings {
  readonly cash: number;
  /** Closes of the bars that equity stands for. */
  readonly close: Float64Array;
  readonly barsPerYear: number;
  readonly riskFreeReturn: number;
}

/**
 * The tests one after the other as one account: each began with the same cash, so its equity, profits and costs count by what
 * the account holds when it begins. An account at or below 0 stays there.
 */
export function stitch(runs: readonly TestRun[], settings: StitchSettings): Stitched {
  const { cash, close, barsPerYear, riskFreeReturn } = settings;
  const equity = new Float64Array(close.length);
  const totals = { barsInPosition: 0, commission: 0, traded: 0 };
  const trades: { of: TradeColumns; scale: number }[] = [];
  let held = cash;
  let at = 0;
  for (const { run, bars } of runs) {
    if (run === null || held <= 0) equity.fill(held, at, at + bars);
    else {
      const scale = held / cash;
      const { simulation } = run;
      equity.set(
        simulation.equity.map((value) => value * scale),
        at,
      );
      totals.barsInPosition += simulation.barsInPosition;
      totals.commission += simulation.commission * scale;
      totals.traded += simulation.traded * scale;
      trades.push({ of: simulation.trades, scale });
    }
    at += bars;
    held = equity[at - 1]!;
  }
  const found = metricsOf({
    cash,
    equity,
    firstBar: 0,
    trades: joined(trades),
    ...totals,
    firstClose: close[0] ?? Number.NaN,
    lastClose: close.at(-1) ?? Number.NaN,
    barsPerYear,
    riskFreeReturn,
    invested: null,
  });
  return { equity, ...found };
}

function joined(parts: readonly { of: TradeColumns; scale: number }[]): TradeColumns {
  const numbers = (column: (of: TradeColumns, i: number) => number, scaled: boolean) =>
    Float64Array.from(
      parts.flatMap(({ of, scale }) =>
        Array.from({ length: of.length }, (_, i) => column(of, i) * (scaled ? scale : 1)),
      ),
    );
  return {
    length: parts.reduce((sum, { of }) => sum + of.length, 0),
    quantity: numbers(({ quantity }, i) => quantity[i]!, true),
    entryPrice: numbers(({ entryPrice }, i) => entryPrice[i]!, false),
    pnl: numbers(({ pnl }, i) => pnl[i]!, true),
    barsHeld: Int32Array.from(numbers(({ barsHeld }, i) => barsHeld[i]!, false)),
    open: Uint8Array.from(numbers(({ open }, i) => open[i]!, false)),
  };
}
