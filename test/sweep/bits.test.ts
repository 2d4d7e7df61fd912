import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backtest, compile } from "../../src/index.ts";
import { type SweepRow, type SweepSpace, sweep } from "../../src/sweep/sweep.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { check } from "../properties/check.ts";
import { compiled } from "../properties/product.ts";
import { cases } from "../reference/cases.ts";
import { barsIn } from "../reference/generate-bars.ts";
import { type Parametrised, parametrise } from "../reference/parametrise.ts";

async function rowsOf(...args: Parameters<typeof sweep>): Promise<SweepRow[]> {
  const rows: SweepRow[] = [];
  for await (const row of sweep(...args)) rows.push(row);
  return rows;
}

/** Two or three values of every parameter of a program that its places allow. */
function spaceAround(
  { document, params: fixed }: Parametrised,
  seed: number,
): { program: ReturnType<typeof compiled>; space: SweepSpace } | null {
  const program = compiled(document);
  const standard = program.bind(fixed);
  const params = program.params.slice(0, 3).map((spec, k) => {
    const from = standard[k]!;
    const step = spec.integer ? 1 : Math.abs(from) / 8 || 0.25;
    const values = [from, from + step, from + 2 * step];
    const fitting = values.filter((v) => {
      try {
        return program.bind({ ...fixed, [spec.name]: v }).length > 0;
      } catch {
        return false;
      }
    });
    return [spec.name, fitting.slice(0, 2 + (seed % 2))] as const;
  });
  return params.length === 0 ? null : { program, space: { params: Object.fromEntries(params) } };
}

const plain = (row: SweepRow) => JSON.parse(JSON.stringify(row));

describe("a row of a sweep", () => {
  check(
    "is the backtest with its parameters, bit for bit, for any size of batches",
    0.1,
    fc.asyncProperty(
      cases(150),
      fc.nat(),
      fc.integer({ min: 1, max: 7 }),
      async (tried, seed, batch) => {
        const bars = barsIn(tried.market);
        const parametrised = parametrise(tried.document, seed, 0.4);
        const made = spaceAround(parametrised, seed);
        if (made === null || bars.time.length === 0) return;
        const { program, space } = made;
        const { cash, commission, slippage, fill } = tried.execution;
        const params = parametrised.params as Record<string, number>;
        const options = { cash, commission, slippage, fill, params };
        const rows = await rowsOf(program, bars, space, { ...options, threads: 1, batch });
        expect(rows.map(({ trial }) => trial)).toEqual(rows.map((_, k) => k + 1));
        for (const row of rows) {
          const { result } = backtest(program, bars, {
            ...options,
            params: { ...params, ...(row.params as Record<string, number>) },
          });
          expect(row.metrics).toEqual(result.metrics);
          expect(row.strategy_id).toBe(result.strategy_id);
          expect(row.state).toBe(result.state);
        }
      },
    ),
  );
});

const CROSS = {
  type: "rule_based",
  params: { fast: { default: 3 }, slow: { default: 9 } },
  rules: ["above", "below"].map((direction) => ({
    when: {
      kind: "ema_crossover",
      fast_period: { param: "fast" },
      slow_period: { param: "slow" },
      direction,
    },
    then:
      direction === "above"
        ? { side: "buy", size: { percent_of_equity: 100 } }
        : { side: "sell", close: true },
  })),
};

const MARKET = barsIn({
  ...{
    seed: 11,
    length: 9_000,
    scale: 100,
    step: 0.01,
    grid: 1000,
    still: 0,
    spikes: 0,
    gaps: 0.02,
  },
  ...{ missingVolume: 0, interval: 3_600_000 },
});

const SPACE = { params: { fast: "2..60", slow: "10..120:2" }, where: "fast < slow" };

test("threads and sizes of batches change neither the rows nor their order", async () => {
  const program = compiled(CROSS);
  const first = await rowsOf(program, MARKET, SPACE, { threads: 1, commission: 0.001 });
  expect(first.length).toBeGreaterThan(2_400);
  for (const options of [{ threads: 2, batch: 97 }, { threads: 3 }]) {
    const again = await rowsOf(program, MARKET, SPACE, { ...options, commission: 0.001 });
    expect(again.map(plain)).toEqual(first.map(plain));
  }
}, 240_000);

test("a sweep that is broken off stops its threads", async () => {
  let seen = 0;
  for await (const row of sweep(compiled(CROSS), MARKET, SPACE, { threads: 2, batch: 10 })) {
    expect(row.trial).toBe(++seen);
    if (seen === 25) break;
  }
  expect(seen).toBe(25);
});

test("a row of a window is that of a file cut to it, over several symbols and strategies", async () => {
  const program = compiled(CROSS);
  const other = compiled({ ...CROSS, params: { fast: { default: 4 }, slow: { default: 12 } } });
  const windows = [
    { from: MARKET.time[100]!, to: MARKET.time[3_000]! },
    { from: MARKET.time[2_000]!, to: MARKET.time[9_000 - 1]! },
  ];
  const space = { params: { fast: [3, 5] } };
  const rows = await rowsOf([program, other], MARKET, space, { windows, threads: 1 });
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    const own = [program, other][row.strategy]!;
    const { from, to } = row.window!;
    const inside = (_: number, k: number) => MARKET.time[k]! >= from && MARKET.time[k]! < to;
    const cut = Object.fromEntries(
      Object.entries(MARKET).map(([name, column]) => [name, column.filter(inside)]),
    ) as unknown as Bars;
    const { result } = backtest(own, cut, { params: row.params as Record<string, number> });
    expect(row.metrics).toEqual(result.metrics);
  }
});

test("a script is swept by its inputs, truth values and sources too", async () => {
  const text = `//@version=5
strategy("Cross", default_qty_type=strategy.percent_of_equity, default_qty_value=50)
length = input.int(10, minval=2, maxval=50)
src = input.source(close)
both = input.bool(true)
average = ta.sma(src, length)
if ta.crossover(close, average)
    strategy.entry("L", strategy.long)
if ta.crossunder(close, average)
    if both
        strategy.entry("S", strategy.short)
    else
        strategy.close("L")
`;
  const { script } = compile(text);
  const params = { length: "5..25:10", src: "close,hl2", both: null };
  const rows = await rowsOf(script!, MARKET, { params }, { threads: 1 });
  expect(rows).toHaveLength(3 * 2 * 2);
  for (const row of rows) {
    const { result } = backtest(script!, MARKET, { params: row.params });
    expect(row.metrics).toEqual(result.metrics);
    expect(row.strategy_id).toBe(result.strategy_id);
  }
});

test("a successive halving runs the best third of each rung on three times the bars", async () => {
  const program = compiled(CROSS);
  const space: SweepSpace = { ...SPACE, search: "halving", samples: 90, seed: 2 };
  const rows = await rowsOf(program, MARKET, space, { threads: 1, objective: "total_return" });
  expect([1, 2, 3].map((rung) => rows.filter((row) => row.rung === rung).length)).toEqual([
    90, 30, 10,
  ]);
  const of = (rung: number) => rows.filter((row) => row.rung === rung);
  const key = (row: SweepRow) => JSON.stringify(row.params);
  for (const rung of [1, 2]) {
    const best = [...of(rung)]
      .sort((a, b) => b.metrics.total_return! - a.metrics.total_return! || a.trial - b.trial)
      .slice(0, of(rung + 1).length);
    const inOrder = best.sort((a, b) => a.trial - b.trial).map(key);
    expect(of(rung + 1).map(key)).toEqual(inOrder);
  }
  expect(of(1)[0]!.window).toEqual({ from: MARKET.time[0], to: MARKET.time[1_000] });
  expect(of(2)[0]!.window).toEqual({ from: MARKET.time[0], to: MARKET.time[3_000] });
  expect(of(3)[0]!.window).toBeNull();
  const last = of(3)[0]!;
  const { result } = backtest(program, MARKET, { params: last.params as Record<string, number> });
  expect(last.metrics).toEqual(result.metrics);
});
