import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Job } from "../jobs/job.ts";
import { windowText } from "../jobs/windows.ts";
import type { Batch } from "../run/batch.ts";
import type { SweepPlan } from "../run/sweep-plan.ts";
import { STATES } from "../run/task.ts";
import { type StrategyIdOf, strategyIds } from "./strategy-ids.ts";

/** A column of results; text may be missing (null), a number na (NaN). */
export interface ResultColumn {
  readonly name: string;
  readonly type: "integer" | "number" | "text";
  /** Whether few different texts are to be expected. */
  readonly repeated: boolean;
}

/** Values of some rows, a list per column: numbers, texts, or one text for all rows. */
export interface RowChunk {
  readonly count: number;
  readonly columns: readonly ChunkColumn[];
}

export type ChunkColumn =
  | { readonly numbers: Float64Array }
  | { readonly texts: readonly (string | null)[] }
  | { readonly text: string | null };

/** How the rows of a sweep look in a file or a table. */
export interface RowLayout {
  readonly columns: readonly ResultColumn[];
  chunk(batch: Batch): RowChunk;
}

const INTEGERS = new Set(["max_drawdown_bars", "trades", "closed_trades", "open_trades"]);

/** The column of a swept parameter: its own name, unless another column of results has it. */
export function columnOf(param: string): string {
  return TAKEN.has(param) ? `param.${param}` : param;
}

/** Columns of all swept parameters by their names. */
export function paramColumns(plan: Pick<SweepPlan, "strategies">): ReadonlyMap<string, string> {
  const names = plan.strategies.flatMap(({ space }) => space.axes.map(({ name }) => name));
  return new Map([...new Set(names)].map((name) => [name, columnOf(name)]));
}

const TAKEN = new Set<string>([
  "trial",
  "strategy",
  "strategy_id",
  "source",
  "symbol",
  "interval",
  "window",
  "rung",
  ...SWEEP_METRICS,
  "state",
]);

/**
 * Columns: `trial`, the swept parameters, `strategy`, `strategy_id`, `source`, `symbol`, `interval`, `window`, in a
 * successive halving `rung`, every metric or those chosen, `state`.
 */
export function rowLayout(
  plan: Pick<SweepPlan, "strategies" | "search" | "options" | "metrics">,
): RowLayout {
  const params = [...paramColumns(plan)].map(([name, column]) => ({ name, column }));
  const labelled = (name: string) =>
    plan.strategies.some(({ space }) =>
      space.params.some((p) => p.name === name && p.labels !== null),
    );
  const halving = plan.search === "halving";
  const metrics = plan.metrics ?? SWEEP_METRICS;
  const text = (name: string, repeated: boolean): ResultColumn => ({
    name,
    type: "text",
    repeated,
  });
  const columns: ResultColumn[] = [
    { name: "trial", type: "integer", repeated: false },
    ...params.map(
      ({ name, column }): ResultColumn => ({
        ...{ name: column, repeated: true },
        type: labelled(name) ? "text" : "number",
      }),
    ),
    ...["strategy"].map((name) => text(name, true)),
    text("strategy_id", false),
    ...["source", "symbol", "interval", "window"].map((name) => text(name, true)),
    ...(halving ? [{ name: "rung", type: "integer", repeated: true } as const] : []),
    ...metrics.map(
      (name): ResultColumn => ({
        ...{ name, repeated: false },
        type: INTEGERS.has(name) ? "integer" : "number",
      }),
    ),
    text("state", true),
  ];
  const ids = new Map<object, StrategyIdOf>();
  const idOf = ({ strategy: { program } }: Job): StrategyIdOf => {
    const known = ids.get(program) ?? strategyIds(program, plan.options.params);
    ids.set(program, known);
    return known;
  };
  return {
    columns,
    chunk: (batch) => ({
      count: batch.count,
      columns: [
        { numbers: Float64Array.from({ length: batch.count }, (_, k) => batch.first + k) },
        ...params.map(({ name }) => paramColumn(batch, name, labelled(name))),
        ...jobColumns(batch, idOf(batch.job)),
        ...(halving ? [{ numbers: new Float64Array(batch.count).fill(batch.job.rung!) }] : []),
        ...metrics.map((name) => ({
          numbers: everyNth(batch.metrics, SWEEP_METRICS.indexOf(name), SWEEP_METRICS.length),
        })),
        { texts: Array.from(batch.states, (state) => STATES[state]!) },
      ],
    }),
  };
}

function jobColumns(batch: Batch, idOf: StrategyIdOf): ChunkColumn[] {
  const { strategy, series, window } = batch.job;
  return [
    { text: strategy.name },
    { texts: Array.from({ length: batch.count }, (_, k) => idOf(batch.params, k)) },
    { text: series.source },
    { text: series.symbol },
    { text: series.interval },
    { text: window === null ? null : windowText(window) },
  ];
}

function paramColumn({ job, params, count }: Batch, name: string, labelled: boolean): ChunkColumn {
  const own = job.strategy.space.params;
  const axis = job.strategy.space.axes.find((one) => one.name === name);
  if (axis === undefined) {
    return labelled ? { text: null } : { numbers: new Float64Array(count).fill(Number.NaN) };
  }
  const numbers = everyNth(params, axis.index, own.length);
  if (!labelled) return { numbers };
  const { labels } = own[axis.index]!;
  return {
    texts: Array.from(numbers, (value) => (labels === null ? String(value) : labels[value]!)),
  };
}

function everyNth(matrix: Float64Array, at: number, width: number): Float64Array {
  const column = new Float64Array(matrix.length / width);
  for (let k = 0; k < column.length; k++) column[k] = matrix[k * width + at]!;
  return column;
}
