import type { Table } from "apache-arrow";
import { compile, type Engine, type Program, run, signals } from "../../src/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import type { ParamValues } from "../reference/bind.ts";
import type { Execution } from "../reference/simulate.ts";

/** Compiles what must compile; an error in it fails the test with its diagnostics. */
export function compiled(source: string | object): Program {
  const { program, diagnostics } = compile(source);
  if (program) return program;
  throw new Error(`did not compile: ${JSON.stringify(diagnostics.slice(0, 3))}`);
}

export function strategyIdOf(source: string | object, params?: ParamValues): string {
  return compiled(source).strategyId(params);
}

/** Every column of a table, as plain values by name. */
export function columnsOf(table: Table): Record<string, unknown[]> {
  return Object.fromEntries(
    table.schema.fields.map(({ name }, index) => {
      const column = table.getChildAt(index);
      return [name, Array.from({ length: table.numRows }, (_, row) => column?.get(row))];
    }),
  );
}

/** What rules want, by column: `rule_1_flat`, … */
export function signalsOf(
  program: Program,
  bars: Bars | Table,
  options: { params?: ParamValues; engine?: Engine } = {},
): Record<string, unknown[]> {
  return columnsOf(signals(program, bars, options));
}

/** All that a run returns, in plain values that compare. */
export function runOf(
  program: Program,
  bars: Bars | Table,
  execution: Partial<Execution>,
  options: { params?: ParamValues; engine?: Engine } = {},
) {
  const { trades, equity, metrics, simulation } = run(program, bars, { ...execution, ...options });
  return {
    trades: columnsOf(trades),
    equity: columnsOf(equity)["equity"] as number[],
    metrics,
    rejections: simulation.rejections,
    pending: simulation.pending,
  };
}
