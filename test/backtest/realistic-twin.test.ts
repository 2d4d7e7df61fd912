import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_MODELS } from "../../src/backtest/execution-models.ts";
import { simulate } from "../../src/backtest/simulate.ts";
import { EXIT_REASONS } from "../../src/backtest/trades.ts";
import { type ModelCase, modelCases } from "./model-arbitraries.ts";
import { twinRun } from "./realistic-twin.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`realistic-twin SWYMC_FC_SEED=${seed}`);
const BARS_PER_YEAR = 8760;

/** Both stops may stand at one price, and rounding tells which. */
const kind = (reason: string) => (reason === "trailing_stop" ? "stop_loss" : reason);

function expectSame([data, signals, settings, execution]: ModelCase): void {
  const fast = simulate(data, signals, { ...settings, execution, barsPerYear: BARS_PER_YEAR });
  const slow = twinRun(data, signals, settings, execution, BARS_PER_YEAR);
  const close = (a: number, b: number, scale: number) =>
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(scale)));
  expect(fast.rejections.count).toBe(slow.refused.length);
  expect(fast.rejections.listed.map(({ bar, reason }) => ({ bar, reason }))).toEqual(
    slow.refused.slice(0, 100),
  );
  const { trades } = fast;
  expect(
    Array.from({ length: trades.length }, (_, i) => [
      trades.side[i],
      trades.entryBar[i],
      trades.exitBar[i],
      trades.open[i] === 1 ? "open" : kind(EXIT_REASONS[trades.exitReason[i]!]!),
    ]),
  ).toEqual(slow.trades.map((t) => [t.side, t.entryBar, t.exitBar, kind(t.reason)]));
  slow.trades.forEach((trade, i) => {
    close(trades.quantity[i]!, trade.quantity, trade.quantity);
    close(trades.entryPrice[i]!, trade.entryPrice, trade.entryPrice);
    if (trade.exitBar >= 0) close(trades.exitPrice[i]!, trade.exitPrice, trade.exitPrice);
    close(trades.commission[i]!, trade.commission, trade.commission);
  });
  slow.equity.forEach((value, i) => {
    close(fast.equity[i]!, value, settings.cash);
  });
  expect(fast.pending.length).toBe(slow.pending);
  if (fast.realism === undefined) return;
  const { spread, funding, borrow, partialFills, marginCalls } = fast.realism;
  close(spread, slow.totals.spread, spread);
  close(funding, slow.totals.funding, funding);
  close(borrow, slow.totals.borrow, borrow);
  expect([partialFills, marginCalls]).toEqual([slow.totals.partialFills, slow.totals.marginCalls]);
}

describe("realistic execution equals its bar-by-bar twin", () => {
  test("with market orders, exits, costs and limits of every kind", () => {
    fc.assert(fc.property(modelCases(false), expectSame), { seed, numRuns: 2000 });
  }, 120_000);

  test("with limit orders among them", () => {
    fc.assert(fc.property(modelCases(true), expectSame), { seed, numRuns: 1500 });
  }, 120_000);

  test("where no model is on, as the plain simulator, bit for bit", () => {
    fc.assert(
      fc.property(modelCases(true), ([data, { exits: _, ...signals }, settings]) => {
        const kinds = ["volatility_target", "kelly"];
        fc.pre(signals.rules.every((rule) => !kinds.includes(rule.sizing.kind)));
        const plain = simulate(data, signals, settings);
        // A tier from 0 on is the commission by value under another name.
        const flat = [{ volume: 0, maker: settings.commission, taker: settings.commission }];
        const models = { ...NO_MODELS, commissionTiers: flat };
        const realistic = simulate(data, signals, { ...settings, execution: models });
        const { realism, ...run } = realistic;
        expect(realism).toBeDefined();
        expect(run).toEqual(plain);
      }),
      { seed, numRuns: 1500 },
    );
  }, 120_000);
});
