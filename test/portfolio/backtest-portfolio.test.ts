import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileRules } from "../../src/compile-rules.ts";
import { compileScript } from "../../src/compile-script.ts";
import { type Dataset, loadDataset } from "../../src/data/index.ts";
import { backtestPortfolio, type PortfolioOptions } from "../../src/portfolio/index.ts";
import { backtest } from "../../src/program/backtest.ts";
import type { Program } from "../../src/program/program.ts";
import { sliceBars } from "../../src/vector/columns.ts";
import { DAILY, HOURLY, rules } from "../cli/run.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`backtest-portfolio SWYMC_FC_SEED=${seed}`);

const program = (name: string): Program =>
  compileRules(readFileSync(rules(name), "utf8"), { file: name }).program!;
const ema = program("ema_crossover_params");
let hourly: Dataset;
let daily: Dataset;
beforeAll(async () => {
  hourly = await loadDataset(HOURLY);
  daily = await loadDataset(DAILY);
});

const SPREAD = compileRules(
  `{"type":"simple_spread","spread":0.01,"order_quantity":"0.5","interval_secs":3600}`,
  { file: "spread" },
).program!;

describe("one symbol alone has the result of a backtest", () => {
  const options: fc.Arbitrary<PortfolioOptions> = fc
    .record({
      cash: fc.constantFrom(300, 10_000),
      commission: fc.constantFrom(0, 0.001),
      slippage: fc.constantFrom(0, 0.0005),
      fill: fc.constantFrom("next_open" as const, "close" as const),
      latencyMs: fc.constantFrom(0, 5_000_000),
      riskFreeReturn: fc.constantFrom(0, 0.03),
      calendar: fc.constantFrom(undefined, 252),
      from: fc.constantFrom(undefined, "2024-01-20"),
      warmup: fc.boolean(),
      execution: fc.constantFrom(
        undefined,
        { spread: 0.0007, commissionPerOrder: 0.3 },
        { leverage: 3, borrow: 0.1, lot: "0.01" },
        { funding: { rate: 0.0001, hours: 8 }, closeAtEnd: true },
        { liquidity: { share: 0.05, excess: "partial" as const } },
      ),
    })
    .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, v]) => v !== undefined)));
  const programs = fc.constantFrom(
    ...["ema_crossover", "rsi_reversal", "bollinger_breakout", "liquidity_sweep", "momentum"].map(
      program,
    ),
    ...["price-sma-cross-long", "price-sma-cross-short", "ma_crossover", "paper_run"].map(program),
    SPREAD,
  );

  test("bit for bit, whatever the document and the costs", () => {
    fc.assert(
      fc.property(programs, options, (rules, asked) => {
        const one = backtest(rules, hourly.bars, { ...asked, symbol: "A" });
        const joint = backtestPortfolio(rules, [{ symbol: "A", data: hourly.bars }], asked);
        const bare = (objects: readonly object[]) =>
          objects.map((object) => ({ ...object, symbol: undefined }));
        const { result } = joint;
        expect(result.metrics).toEqual(one.result.metrics);
        expect(result.metrics_null).toEqual(one.result.metrics_null);
        expect(bare(result.trades)).toEqual(bare(one.result.trades));
        expect(bare(result.pending_orders)).toEqual(bare(one.result.pending_orders));
        expect(bare(result.rejections.orders)).toEqual(bare(one.result.rejections.orders));
        expect(result.rejections.count).toBe(one.result.rejections.count);
        expect(result.costs).toEqual(one.result.costs);
        expect(result.state).toBe(one.result.state);
        expect(result.symbols[0].dataset).toEqual(one.result.dataset);
        expect(result.symbols[0].strategy_id).toBe(one.result.strategy_id);
        const { fill_order, ...settings } = result.settings;
        expect(one.result.settings).toMatchObject(settings);
        expect(joint.equity.getChild("equity")!.toArray()).toEqual(
          one.equity.getChild("equity")!.toArray(),
        );
        expect(joint.equity.getChild("time")!.toArray()).toEqual(
          one.equity.getChild("time")!.toArray(),
        );
        const [, ...columns] = joint.trades.schema.fields.map(({ name }) => name);
        expect(columns).toEqual(one.trades.schema.fields.map(({ name }) => name));
      }),
      { seed, numRuns: 25 },
    );
  }, 120_000);
});

describe("several symbols", () => {
  const early = () => sliceBars(hourly.bars, 0, 1500);
  const late = () => sliceBars(hourly.bars, 300, 2160);
  const both = () => [
    { symbol: "EARLY", data: early() },
    { symbol: "LATE", data: late() },
  ];

  test("share the cash: profits add up to the account's", () => {
    const { result, trades, equity } = backtestPortfolio(ema, both(), { commission: 0.001 });
    expect(result.state).toBe("ok");
    const pnl = result.symbols.reduce((sum, one) => sum + one.pnl, 0);
    expect(result.metrics!.final_equity! - 10_000).toBeCloseTo(pnl, 8);
    expect(result.symbols.map(({ trades: n }) => n).reduce((a, b) => a + b)).toBe(trades.numRows);
    expect(result.dataset).toMatchObject({ interval: "1h", bars: 2160 });
    expect(equity.numRows).toBe(2160);
    const held = result.symbols.map((one) => one.buy_and_hold_return!);
    expect(result.metrics!.buy_and_hold_return).toBeCloseTo((held[0] + held[1]) / 2, 12);
    const benchmark = equity.getChild("benchmark")!.get(2159) as number;
    expect(benchmark / 10_000 - 1).toBeCloseTo(result.metrics!.buy_and_hold_return!, 12);
    expect(result.warnings.map(({ code }) => code)).toEqual(["portfolio_ends_early"]);
  });

  test("have rules and parameters of their own, a column of one untouched by the next", () => {
    const exits = compileRules(
      JSON.stringify({
        type: "rule_based",
        candle_interval: "1h",
        rules: [
          {
            when: { kind: "position", state: "flat" },
            then: { side: "buy", quantity: "1" },
          },
        ],
        exits: { stop_loss: { atr: { multiple: 2, period: 14 } } },
      }),
      { file: "exits" },
    ).program!;
    const series = [
      { symbol: "A", data: early(), program: exits },
      { symbol: "B", data: late(), program: exits },
      { symbol: "C", data: hourly.bars },
    ];
    const text = readFileSync(rules("ema_crossover_params"), "utf8");
    const unit = text.replace(/"size": \{[^}]*\}/, '"quantity": "1"');
    const forAll = compileRules(unit, { file: "unit" }).program!;
    const joint = backtestPortfolio(forAll, series, { cash: 1e9, params: { fast: 7 } }).result;
    const own = (data: Parameters<typeof backtest>[1]) =>
      backtest(exits, data, { cash: 1e9 }).result.trades;
    const of = (name: string) =>
      joint.trades.filter(({ symbol }) => symbol === name).map(({ symbol: _, ...trade }) => trade);
    expect(of("A")).toEqual(own(early()));
    expect(of("B")).toEqual(own(late()));
    expect(of("C")).toEqual(
      backtest(forAll, hourly.bars, { cash: 1e9, params: { fast: 7 } }).result.trades,
    );
    expect(joint.symbols.map(({ params }) => params["fast"])).toEqual([undefined, undefined, 7]);
  });

  test("that one of is missing give no numbers, and say which", () => {
    const { result } = backtestPortfolio(ema, both(), { from: "2024-03-10" });
    expect(result).toMatchObject({
      state: "empty_dataset",
      symbols: [],
      metrics: null,
      trades: [],
    });
    expect(result.reason!.message).toContain("EARLY");
  });

  const refused = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code);
    }
    return [];
  };

  test("are refused where they make no portfolio, each with its reason", () => {
    const script = compileScript(
      "//@version=5\nstrategy('x')\nstrategy.entry('a', strategy.long)\n",
      { file: "x" },
    ).script!;
    const [a, b] = both();
    const other = { ...b, program: program("paper_run") };
    const cases: readonly [string[], () => unknown][] = [
      [["portfolio_empty"], () => backtestPortfolio(ema, [])],
      [["portfolio_repeated"], () => backtestPortfolio(ema, [a, a])],
      [["portfolio_without_rules"], () => backtestPortfolio(null, [a])],
      [["portfolio_script"], () => backtestPortfolio(script, [a])],
      [
        ["portfolio_intervals"],
        () => backtestPortfolio(ema, [a, { symbol: "D", data: daily.bars }]),
      ],
      [["portfolio_settings"], () => backtestPortfolio(ema, [a, other])],
      [["unknown_param"], () => backtestPortfolio(ema, [a, b], { params: { slowest: 1 } })],
      [["bad_run_setting"], () => backtestPortfolio(ema, [a, b], { cash: -1 })],
    ];
    for (const [codes, run] of cases) expect(refused(run)).toEqual(codes);
  });
});
