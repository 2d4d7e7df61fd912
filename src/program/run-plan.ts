import type { Annualisation } from "../backtest/compute-metrics.ts";
import { computeMetrics } from "../backtest/compute-metrics.ts";
import type {
  ExitDistance,
  OrderRule,
  RunSettings,
  SignalExits,
  Signals,
  Sizing,
} from "../backtest/orders.ts";
import { simulate } from "../backtest/simulate.ts";
import type { Simulation } from "../backtest/simulation.ts";
import { decimalText } from "../ir/decimal.ts";
import type { MetricsResult } from "../stats/metrics.ts";
import type { ColumnPool } from "../vector/column-pool.ts";
import type { Bars } from "../vector/columns.ts";
import { type Elementwise, executePlan } from "../vector/execute.ts";
import type { KernelTable } from "../vector/kernel.ts";
import {
  evaluateScalars,
  type Plan,
  type PlanDistance,
  type PlanExits,
  type PlanSizing,
} from "../vector/plan.ts";

/** Everything that runs: the schedule, the kernels it names, the functions of its element-wise steps. */
export interface StrategyCode {
  readonly plan: Plan;
  readonly kernels: KernelTable;
  readonly elementwise: Elementwise;
  /** Columns of the last run, for the next one. */
  readonly pool: ColumnPool;
}

export interface PlanRun extends MetricsResult {
  readonly simulation: Simulation;
}

/**
 * Signals, fills and metrics of a plan over bars. The same code runs in process and in emitted modules.
 *
 *     scalars → columns → masks → signals → simulation → metrics
 *
 * @param params in order of declaration, checked
 */
export function runPlan(
  code: StrategyCode,
  bars: Bars,
  params: readonly number[],
  settings: RunSettings,
  annual: Annualisation,
): PlanRun {
  const signals = planSignals(code, bars, params);
  const simulation = simulate(bars, signals, settings);
  return { simulation, ...computeMetrics(bars, simulation, settings, annual) };
}

/** What the rules want on each bar, for every position. Limit prices and ranges hold until the next use of the pool. */
export function planSignals(code: StrategyCode, bars: Bars, params: readonly number[]): Signals {
  const { plan } = code;
  const scalars = evaluateScalars(plan.scalars, params);
  const { columns, conditions } = executePlan(
    plan,
    bars,
    scalars,
    code.kernels,
    code.elementwise,
    code.pool,
  );
  return signalsOf(plan, scalars, bars.close.length, conditions, (index) => columns[index]!);
}

/**
 * The signals of a plan whose scalars and masks are known.
 * @param column a column of the plan, by its number
 */
export function signalsOf(
  plan: Plan,
  scalars: Float64Array,
  length: number,
  conditions: Signals["conditions"],
  column: (index: number) => Float64Array,
): Signals {
  return {
    length,
    conditions,
    rules: plan.rules.map(
      ({ side, sizing, when, limit }): OrderRule => ({
        side,
        when,
        sizing: bindSizing(sizing, scalars),
        ...(limit === null ? {} : { limit: column(limit) }),
      }),
    ),
    ...(plan.exits ? { exits: bindExits(plan.exits, scalars, column) } : {}),
    replaceOrders: plan.replaceOrders,
    cooldown: scalars[plan.cooldown]! * 1000,
  };
}

/** Whether an exit is measured in ticks whose size is not given. */
export function ticksAreMissing({ exits = {} }: Plan, { execution }: RunSettings): boolean {
  const inTicks = Object.values(exits).some(({ kind }) => kind === "ticks");
  return inTicks && (execution?.tick ?? null) === null;
}

function bindExits(
  exits: PlanExits,
  scalars: Float64Array,
  column: (index: number) => Float64Array,
): SignalExits {
  const bind = (distance: PlanDistance): ExitDistance => {
    const value = scalars[distance.scalar]!;
    switch (distance.kind) {
      case "percent":
        return { kind: "percent", percent: value };
      case "ticks":
        return { kind: "ticks", ticks: value };
      case "atr":
        return { kind: "atr", multiple: value, atr: column(distance.column) };
    }
  };
  return Object.fromEntries(Object.entries(exits).map(([name, one]) => [name, bind(one)]));
}

function bindSizing(sizing: PlanSizing, scalars: Float64Array): Sizing {
  switch (sizing.kind) {
    case "quantity":
    case "close":
      return sizing;
    case "quantity_scalar":
      return { kind: "quantity", quantity: decimalText(scalars[sizing.scalar]!) };
    case "cash":
      return { kind: "cash", cash: scalars[sizing.scalar]! };
    case "volatility_target":
      return {
        kind: "volatility_target",
        percent: scalars[sizing.percent]!,
        period: scalars[sizing.period]!,
        maxPercent: scalars[sizing.maxPercent]!,
      };
    case "kelly":
      return {
        kind: "kelly",
        fraction: scalars[sizing.fraction]!,
        trades: scalars[sizing.trades]!,
        percent: scalars[sizing.percent]!,
      };
    case "percent_of_equity":
      return { kind: "percent_of_equity", percent: scalars[sizing.scalar]! };
  }
}
