import type { Metrics } from "../../stats/metrics.ts";
import type { Interval } from "../../vector/interval.ts";
import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Window } from "../jobs/windows.ts";
import type { Batch } from "../run/batch.ts";
import type { SweepPlan } from "../run/sweep-plan.ts";
import { STATES, type TrialState } from "../run/task.ts";
import { type Space, standardRow } from "../space/space.ts";
import { shownValue } from "../space/swept-param.ts";
import { type MetricsObject, metricsObject } from "./metrics-object.ts";
import { type StrategyIdOf, strategyIds } from "./strategy-ids.ts";

type ParamValues = Readonly<Record<string, number | boolean | string>>;

/** What came of one trial. */
export interface SweepRow {
  /** From 1, in the order of the space. */
  readonly trial: number;
  /** Swept parameters by name. */
  readonly params: ParamValues;
  /** Which program, from 0. */
  readonly strategy: number;
  /** UUID of the logic with these parameters; worked out when it is asked for, also by `JSON.stringify`. */
  readonly strategy_id: string;
  readonly source: string;
  readonly symbol: string | null;
  readonly interval: Interval | null;
  /** Epoch ms, the end excluded; null: all bars. */
  readonly window: Window | null;
  /** Of a successive halving, from 1. */
  readonly rung: number | null;
  /** Those of `backtest` with these parameters, bit for bit; only those that were asked for, where some were. */
  readonly metrics: Metrics;
  /** `error`: the script stopped with an error; it has no metrics. */
  readonly state: TrialState;
}

/** Rows of batches as objects. */
export function rowMaker(plan: SweepPlan): (batch: Batch) => (k: number) => SweepRow {
  const metrics = metricsObject(plan.metrics ?? SWEEP_METRICS);
  const ids = new Map(
    plan.strategies.map(({ program }) => [program, onceAsked(program, plan.options.params)]),
  );
  return ({ job, ...batch }) => {
    const { series, strategy, window, rung } = job;
    const { source, symbol, interval } = series;
    const { space, program } = strategy;
    const origin: Origin = {
      ...{ source, symbol, interval, window, rung, space, metrics },
      strategy: plan.strategies.indexOf(strategy),
      template: Object.fromEntries(space.axes.map(({ name }) => [name, 0])),
      idOf: ids.get(program)!,
    };
    return (k) => new TrialRow(origin, batch, k);
  };
}

/** Most of those who read rows do not ask for identities. */
function onceAsked(...of: Parameters<typeof strategyIds>): StrategyIdOf {
  let made: StrategyIdOf | undefined;
  return (params, k) => {
    made ??= strategyIds(...of);
    return made(params, k);
  };
}

/** What the rows of a batch have in common; not the bars, which rows that are kept would keep too. */
interface Origin
  extends Pick<SweepRow, "source" | "symbol" | "interval" | "window" | "rung" | "strategy"> {
  readonly space: Space;
  readonly metrics: MetricsObject;
  /** An object with the names of the swept parameters: a copy of it is made faster than one name by name. */
  readonly template: ParamValues;
  readonly idOf: StrategyIdOf;
}

/** A class: an object with an accessor of its own takes a microsecond to make. */
class TrialRow implements SweepRow {
  readonly trial: number;
  readonly params: ParamValues;
  readonly strategy: number;
  readonly source: string;
  readonly symbol: string | null;
  readonly interval: Interval | null;
  readonly window: Window | null;
  readonly rung: number | null;
  readonly metrics: Metrics;
  readonly state: TrialState;
  readonly #origin: Origin;

  constructor(origin: Origin, batch: Omit<Batch, "job">, k: number) {
    this.trial = batch.first + k;
    this.params = paramsOf(origin, batch.params, k);
    this.strategy = origin.strategy;
    this.source = origin.source;
    this.symbol = origin.symbol;
    this.interval = origin.interval;
    this.window = origin.window;
    this.rung = origin.rung;
    this.metrics = origin.metrics(batch.metrics, k * SWEEP_METRICS.length) as Metrics;
    this.state = STATES[batch.states[k]!]!;
    this.#origin = origin;
  }

  get strategy_id(): string {
    const { space, idOf } = this.#origin;
    return idOf(valuesOf(space, this.params), 0);
  }

  toJSON(): object {
    const { trial, params, strategy, strategy_id, ...rest } = {
      ...this,
      strategy_id: this.strategy_id,
    };
    return { trial, params, strategy, strategy_id, ...rest };
  }
}

function paramsOf({ template, space }: Origin, matrix: Float64Array, k: number): ParamValues {
  const { params, axes } = space;
  const values: Record<string, number | boolean | string> = { ...template };
  for (const { name, index } of axes) {
    values[name] = shownValue(params[index]!, matrix[k * params.length + index]!);
  }
  return values;
}

/** The row of all parameters in which the swept ones have the values that are shown. */
function valuesOf(space: Space, shown: ParamValues): Float64Array {
  const row = standardRow(space);
  for (const { name, index } of space.axes) {
    const { labels } = space.params[index]!;
    const value = shown[name]!;
    row[index] = labels === null ? Number(value) : labels.indexOf(String(value));
  }
  return row;
}
