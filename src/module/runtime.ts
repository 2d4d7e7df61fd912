import { settingProblems } from "../backtest/setting-problems.ts";
import { type TradeObject, tradeObjects } from "../backtest/trade-objects.ts";
import { bindParams } from "../ir/params.ts";
import type { ParamSpec } from "../ir/program.ts";
import type { RunOptions } from "../program/options.ts";
import { planSignals, runPlan, type StrategyCode, ticksAreMissing } from "../program/run-plan.ts";
import { type PaperDefaults, setUpRun } from "../program/run-setup.ts";
import { type RuleSignals, unpackSignals } from "../program/unpack-signals.ts";
import { ColumnPool } from "../vector/column-pool.ts";
import type { StepFunction } from "../vector/execute.ts";
import type { Dialect, Kernel } from "../vector/kernel.ts";
import type { Plan } from "../vector/plan.ts";
import { type ColumnSource, readColumns } from "./read-columns.ts";

/** What the emitted part of a module hands to its runtime. */
export interface ModuleParts {
  readonly plan: Plan;
  readonly params: readonly ParamSpec[];
  readonly paper: PaperDefaults | null;
  readonly kernels: Readonly<Record<string, (dialect: Dialect) => Kernel>>;
  readonly elementwise: readonly (StepFunction | null)[];
}

/** What `run` of an emitted module returns. */
export interface ModuleRun {
  readonly trades: readonly TradeObject[];
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly metrics_null: Readonly<Record<string, string>>;
  /** Equity at the close of every bar from `start` on. */
  readonly equity: Float64Array;
  /** Orders the account could not pay for. */
  readonly rejections: number;
  /** Orders of the last bar, which had no later bar to fill on. */
  readonly pending: number;
}

type ParamValues = Readonly<Record<string, number>>;

/** The functions an emitted module exports. They throw TypeError and RangeError for wrong arguments. */
export function createStrategy(parts: ModuleParts) {
  const code: StrategyCode = {
    plan: parts.plan,
    kernels: (name, dialect) => parts.kernels[name]!(dialect),
    elementwise: (step) => parts.elementwise[step]!,
    pool: new ColumnPool(),
  };
  const bind = (given?: ParamValues) => {
    const { values, problems } = bindParams(parts.params, given);
    if (problems.length === 0) return values;
    throw new RangeError(
      problems
        .map((p) =>
          p.kind === "unknown"
            ? `the strategy has no parameter "${p.name}"`
            : `parameter "${p.name}" = ${p.value}: ${p.kind === "out_of_range" ? p.rule : "it must be a number"}`,
        )
        .join("; "),
    );
  };

  function signals(columns: ColumnSource, params?: ParamValues): RuleSignals[] {
    return unpackSignals(planSignals(code, readColumns(columns), bind(params)));
  }

  function run(columns: ColumnSource, options: RunOptions = {}): ModuleRun {
    const bars = readColumns(columns);
    const { settings, annual, params } = setUpRun(options, parts.paper, bars.time);
    const problems = settingProblems(settings);
    if (problems.length > 0)
      throw new RangeError(
        problems.map((p) => `${p.name} = ${p.value}: expected ${p.expected}`).join("; "),
      );
    if (ticksAreMissing(parts.plan, settings))
      throw new RangeError("an exit is given in ticks: say how large one is (execution.tick)");
    const { simulation, metrics, metrics_null } = runPlan(
      code,
      bars,
      bind(params),
      settings,
      annual,
    );
    return {
      trades: tradeObjects(bars, simulation),
      metrics,
      metrics_null: metrics_null as Record<string, string>,
      equity: simulation.equity,
      rejections: simulation.rejections.count,
      pending: simulation.pending.length,
    };
  }

  return { signals, run };
}
