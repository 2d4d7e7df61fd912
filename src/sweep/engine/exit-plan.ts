import { type ExecutionModels, NO_MODELS } from "../../backtest/execution-models.ts";
import { type Bars, COLUMNS } from "../../vector/columns.ts";
import type { Plan, PlanDistance } from "../../vector/plan.ts";
import type { SweepSetting } from "./engine.ts";

/** Stops and targets whose levels are fixed when a position opens. */
export interface LeanExits {
  /** Of the stop, then of the target; null where there is none. */
  readonly distances: readonly [PlanDistance | null, PlanDistance | null];
  readonly models: Pick<ExecutionModels, "bothHit" | "tick">;
}

/** Models that the pack knows: what a bar that hits both levels means, the tick, and a latency, which is in the delay. */
const KNOWN: ReadonlySet<keyof ExecutionModels> = new Set(["bothHit", "tick", "latencyMs"]);

/** The exits of a plan as the pack takes them; null where it has others, or the bars are such that their paths matter. */
export function leanExits(plan: Plan, { bars, settings }: SweepSetting): LeanExits | null {
  const { stopLoss = null, takeProfit = null, trailingStop } = plan.exits ?? {};
  const models = settings.execution ?? NO_MODELS;
  const names = Object.keys(NO_MODELS) as (keyof ExecutionModels)[];
  if (trailingStop !== undefined || settings.slippage >= 1) return null;
  if (!names.every((name) => KNOWN.has(name) || models[name] === NO_MODELS[name])) return null;
  if (!areWhole(bars)) return null;
  return { distances: [stopLoss, takeProfit], models };
}

/** Whether each bar's open and close are within its low and high. */
function areWhole({ open, high, low, close }: Bars): boolean {
  for (let i = 0; i < close.length; i++) {
    const [o, c] = [open[i]!, close[i]!];
    if (!(low[i]! <= o && low[i]! <= c && high[i]! >= o && high[i]! >= c && low[i]! > 0))
      return false;
  }
  return true;
}

/** The columns of the bars that exits read. */
export function exitColumns(exits: LeanExits | null): readonly number[] {
  return exits === null
    ? []
    : (["open", "high", "low"] as const).map((name) => COLUMNS.indexOf(name));
}
