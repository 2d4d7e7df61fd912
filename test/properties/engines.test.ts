import { Table } from "apache-arrow";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { barsToTable, emitModule, isoTime, type Program } from "../../src/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { casesInAnyDialect } from "../reference/cases.ts";
import { barsIn } from "../reference/generate-bars.ts";
import { parametrise } from "../reference/parametrise.ts";
import { check } from "./check.ts";
import { compiled, runOf, signalsOf } from "./product.ts";

/** Loaded by Node itself: the test runner leaves data: URLs as they are. */
function imported(program: Program) {
  const text = Buffer.from(emitModule(program).code).toString("base64");
  return import(/* @vite-ignore */ `data:text/javascript;base64,${text}`);
}

/** The rows of the `--json` form from the columns of a trades table. */
function tradeRows(columns: Record<string, unknown[]>): object[] {
  const iso = (time: unknown) => (time === null ? null : isoTime(time as number));
  return columns["side"].map((_, row) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        name.endsWith("_time") ? iso(values[row]) : values[row],
      ]),
    ),
  );
}

function signalColumns(rules: Record<string, Uint8Array>[]): Record<string, boolean[]> {
  const states = ["flat", "long", "short"];
  return Object.fromEntries(
    rules.flatMap((rule, index) =>
      states.map((state) => [
        `rule_${index + 1}_${state}`,
        Array.from(rule[state], (fired) => fired === 1),
      ]),
    ),
  );
}

/** The same bars as a table of several record batches. */
function chunked(bars: Bars, cuts: readonly number[]): Table {
  const table = barsToTable(bars);
  const at = [0, ...cuts.map((cut) => Math.floor(cut * table.numRows)), table.numRows];
  const edges = at.sort((a, b) => a - b);
  const slices = edges.slice(1).map((end, index) => table.slice(edges[index], end));
  return new Table(
    table.schema,
    slices.flatMap(({ batches }) => batches),
  );
}

describe("the same program", () => {
  check(
    "gives the same bits from fused code and from the interpreter",
    0.2,
    fc.property(casesInAnyDialect(1500), ({ market, document, execution }) => {
      const bars = barsIn(market);
      const program = compiled(document);
      const [fused, interpreted] = (["fused", "interpreter"] as const).map((engine) => ({
        signals: signalsOf(program, bars, { engine }),
        run: runOf(program, bars, execution, { engine }),
      }));
      expect(interpreted).toEqual(fused);
    }),
  );

  check(
    "gives the same bits in an emitted module",
    0.12,
    fc.asyncProperty(
      casesInAnyDialect(150),
      fc.nat(),
      async ({ market, document, execution }, seed) => {
        const bars = barsIn(market);
        const { document: open, params } = parametrise(document, seed, 0.3);
        const program = compiled(open);
        const module = await imported(program);
        expect(module.strategyId).toBe(program.strategyId());
        expect(module.warmup).toBe(program.warmup());

        const { time: _, ...signals } = signalsOf(program, bars, { params });
        expect(signalColumns(module.signals(bars, params))).toEqual(signals);

        const inProcess = runOf(program, bars, execution, { params });
        const run = module.run(bars, { ...execution, params });
        expect([...run.equity]).toEqual(inProcess.equity);
        expect(run.trades).toEqual(tradeRows(inProcess.trades));
        expect(run.metrics).toEqual(inProcess.metrics);
        expect([run.rejections, run.pending]).toEqual([
          inProcess.rejections.count,
          inProcess.pending.length,
        ]);
      },
    ),
  );

  check(
    "gives the same bits from a table of several chunks",
    0.2,
    fc.property(
      casesInAnyDialect(150),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
      ({ market, document, execution }, cuts) => {
        fc.pre(market.length > 0);
        const bars = barsIn(market);
        const program = compiled(document);
        const table = chunked(bars, cuts);
        expect(signalsOf(program, table)).toEqual(signalsOf(program, bars));
        expect(runOf(program, table, execution)).toEqual(runOf(program, bars, execution));
      },
    ),
  );
});
