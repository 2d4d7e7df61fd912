import { describe, expect, test } from "vitest";
import { compileScript } from "../../src/compile-script.ts";
import { backtest, compile } from "../../src/index.ts";
import { backtestPage } from "../../src/program/report/report-page.ts";
import { signalFunnel } from "../../src/program/report/signal-funnel.ts";
import { Random } from "../../src/stats/validation/index.ts";

const random = new Random(11);
const N = 333;
const close = Float64Array.from({ length: N }, () => 90 + 20 * random.uniform());
const open = close.map((price, i) => (i === 0 ? price : close[i - 1]!));
const bars = {
  time: Float64Array.from({ length: N }, (_, i) => 3_600_000 * i),
  open,
  high: close.map((price, i) => Math.max(price, open[i]!)),
  low: close.map((price, i) => Math.min(price, open[i]!)),
  close,
  volume: close.map(() => 1),
};

const level = (price: number, direction: string) => ({ kind: "price_level", price, direction });
const rules = [
  {
    when: {
      kind: "all_of",
      conditions: [
        level(100, "above"),
        { kind: "position", state: "flat" },
        level(105, "below"),
        {
          kind: "compare",
          left: { kind: "field", field: "open" },
          op: "<",
          right: { kind: "literal", value: 102 },
        },
      ],
    },
    then: { side: "buy", quantity: "1" },
  },
  {
    when: {
      kind: "all_of",
      conditions: [level(95, "below"), { kind: "position", state: "long" }],
    },
    then: { side: "sell", close: true },
  },
];

/** The same counts, bar by bar. */
function plainly(position: readonly number[]) {
  const parts = [
    {
      at: 0,
      tests: [
        (i: number) => close[i]! > 100,
        (i: number) => close[i]! < 105,
        (i: number) => open[i]! < 102,
      ],
    },
    { at: 1, tests: [(i: number) => close[i]! < 95] },
  ];
  return parts.flatMap(({ at, tests }) => {
    const counts = tests.map(() => ({ bars: 0, held: 0, lastMissing: 0 }));
    for (let i = 0; i < N; i++) {
      if (position[i] !== at) continue;
      const lacking = tests.filter((holds) => !holds(i));
      tests.forEach((holds, k) => {
        counts[k]!.bars++;
        if (holds(i)) counts[k]!.held++;
        else if (lacking.length === 1) counts[k]!.lastMissing++;
      });
    }
    return counts;
  });
}

describe.each(["next_open", "close"] as const)("the funnel with fills at %s", (fill) => {
  test("counts what each condition did on the bars whose position allowed its rule", () => {
    const program = compile({ type: "rule_based", candle_interval: "1h", rules }).program!;
    const { simulation } = backtest(program, bars, { fill, interval: "1h" });
    const { trades } = simulation;
    expect(trades.length).toBeGreaterThan(10);
    // What the rules of bar i meet: fills at its open count, its own at its close do not.
    const late = fill === "close" ? 1 : 0;
    const position = Array.from({ length: N }, (_, i) =>
      Array.from({ length: trades.length }, (_, t) => t).some(
        (t) =>
          trades.entryBar[t]! + late <= i &&
          (trades.exitBar[t]! < 0 || i < trades.exitBar[t]! + late),
      )
        ? 1
        : 0,
    );
    const logic = { ir: program.ir, values: program.bind() };
    const found = signalFunnel(logic, bars, simulation, fill === "close", () => "c");
    expect(
      found.map(({ bars: of, held, lastMissing }) => ({ bars: of, held, lastMissing })),
    ).toEqual(plainly(position));
    expect(found.map(({ rule }) => rule)).toEqual(["1: buy", "1: buy", "1: buy", "2: sell"]);
  });
});

describe("a script's page", () => {
  const page = async (body: string) => {
    const text = `//@version=5\nstrategy("s")\n${body}`;
    const script = compileScript(text).script!;
    const run = backtest(script, bars, { interval: "1h" });
    const html = await backtestPage(script, run, { title: "s", text, version: "0" });
    const json = /id="report-data">(.*?)<\/script>/s.exec(html)![1]!;
    return JSON.parse(json) as {
      signals: { of: string; because: string[] };
      funnel: { condition: string }[];
      indicators: { label: string }[];
    };
  };

  test("shows conditions and indicators where the script is rules", async () => {
    const { signals, funnel, indicators } = await page(
      `fast = ta.ema(close, 5)\nslow = ta.ema(close, 20)
if ta.crossover(fast, slow) and strategy.position_size == 0
    strategy.order("in", strategy.long, 1)
if ta.crossunder(fast, slow) and strategy.position_size > 0
    strategy.close_all()`,
    );
    expect(signals.of).toBe("script");
    expect(funnel).toHaveLength(2);
    expect(indicators.map(({ label }) => label)).toEqual(["ema(5)", "ema(20)"]);
  });

  test("says why it cannot where the script keeps state of its own", async () => {
    const { signals, funnel } = await page(
      `var float best = na
best := math.max(nz(best, close), close)
if close < best * 0.99
    strategy.entry("in", strategy.long, 1)`,
    );
    expect(signals.of).toBe("none");
    expect(signals.because.length).toBeGreaterThan(0);
    expect(funnel).toEqual([]);
  });
});
