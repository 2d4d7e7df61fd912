import { expect, test } from "vitest";
import { backtest, compile } from "../../src/index.ts";
import { explainSweep } from "../../src/sweep/explain.ts";
import { planSweep } from "../../src/sweep/plan-sweep.ts";
import { type SweepRow, sweep } from "../../src/sweep/sweep.ts";
import { barsIn } from "../reference/generate-bars.ts";

const SHAPE = { scale: 100, step: 0.01, grid: 1000, still: 0, spikes: 0, gaps: 0.02 };
const MARKET = barsIn({ seed: 5, length: 9_000, ...SHAPE, missingVolume: 0, interval: 3_600_000 });

const SCRIPT = `//@version=5
strategy("trend and pullback", default_qty_type=strategy.percent_of_equity, default_qty_value=50)
n = input.int(20, minval=1)
tf = input.timeframe("240")
src = input.source(close)
both = input.bool(true)
up = request.security(syminfo.tickerid, tf, ta.ema(close, n))
average = ta.sma(src, n)
if ta.crossover(close, average) and close > up
    strategy.entry("L", strategy.long)
if ta.crossunder(close, average)
    if both and close < up
        strategy.entry("S", strategy.short)
    else
        strategy.close("L")
`;

async function rowsOf(options: Parameters<typeof sweep>[3]): Promise<SweepRow[]> {
  const { script } = compile(SCRIPT);
  const params = { n: "5..14", tf: "60,240,720", src: "close,hl2", both: null };
  const rows: SweepRow[] = [];
  for await (const row of sweep(script!, MARKET, { params }, options)) rows.push(row);
  return rows;
}

const plain = (row: SweepRow) => JSON.parse(JSON.stringify(row));

test("trials of a script are backtests with their inputs on any number of threads", async () => {
  const { script } = compile(SCRIPT);
  const rows = await rowsOf({ threads: 1, commission: 0.001 });
  expect(rows).toHaveLength(10 * 3 * 2 * 2);
  for (const row of rows.filter((_, k) => k % 11 === 0)) {
    const { n, tf, src, both } = row.params;
    const params = { n: n!, tf: String(tf), src: src!, both: both! };
    const { result } = backtest(script!, MARKET, { params, commission: 0.001 });
    expect(row.metrics).toEqual(result.metrics);
    expect(row.strategy_id).toBe(result.strategy_id);
  }
  const threaded = await rowsOf({ threads: 2, batch: 17, commission: 0.001 });
  expect(threaded.map(plain)).toEqual(rows.map(plain));
}, 240_000);

test("a plan tells the columns of a script, what each depends on and how often it is computed", async () => {
  const plan = await planSweep({
    strategies: [{ name: "trend", program: compile(SCRIPT).script! }],
    sources: [MARKET],
    params: { n: "5..14", tf: "60,240,720", src: "close,hl2", both: null },
  });
  const { engine, memory, strategies } = explainSweep(plan, 1);
  const [told] = strategies;
  expect(engine).toBe("script");
  expect(told!.trials).toBe(120);
  expect(told!.nodes.map(({ text, evaluations }) => [evaluations, text])).toEqual([
    [2, "%7 = input.source ($src)"],
    [20, "%8 = sma %7 ($src, $n)"],
    [20, "%9 = crossover close %8 ($src, $n)"],
    [30, "%10 = request.security ($tf, $n)"],
    [20, "%11 = crossunder close %8 ($src, $n)"],
  ]);
  expect(told!.nodes[3]!.depends_on).toEqual(["n", "tf"]);
  expect(told!.columns).toEqual({ per_trial: 5, evaluations: 92 });
  expect(memory.columns_per_thread).toBe(92 * 9_000 * 8);
});
