import type { Dialect } from "../../vector/kernel.ts";
import type { IndicatorStep, MapStep, MaskStep, Plan, PlanRule } from "../../vector/plan.ts";
import type { Instruction, Tape } from "../../vector/tape.ts";
import type { SweepSetting } from "./engine.ts";
import { type LeanExits, leanExits } from "./exit-plan.ts";

/** Rules that a trial's record has room for in its bits. */
const MOST_RULES = 16;
const SIZES: ReadonlySet<string> = new Set([
  "quantity",
  "quantity_scalar",
  "close",
  "cash",
  "percent_of_equity",
]);
/** Larger numbers would leave the range in which sums of squares are finite. */
export const LARGEST_PRICE = 1e100;
/** Smaller ones might lose bits to the range of numbers. */
const LEAST_PRICE = 1e-100;
/** How much of a price may be gone by the close: what is left of money is rounding by the one as by the other. */
const MOST_FALL = 100;

/** A plan whose trials the pack can run: market orders, and conditions of columns alone. */
export interface LeanPlan {
  readonly plan: Plan;
  readonly dialect: Dialect;
  readonly steps: readonly (IndicatorStep | MapStep | MaskStep)[];
  readonly rules: readonly PlanRule[];
  /** Per step of an indicator: the first step that calls the same one. */
  readonly names: readonly number[];
  readonly exits: LeanExits | null;
  /** Market orders fill at the close. */
  readonly atClose: boolean;
  /** Whoever spends all his money at a bar's price has next to none left beside what its close says that he holds. */
  readonly calm: boolean;
  /** Smallest step of time between bars, in ms: a cooldown up to it never holds an order back. */
  readonly leastStep: number;
}

/** The plan as the pack takes it; null where it has what only whole runs do. */
export function leanPlan(plan: Plan, setting: SweepSetting): LeanPlan | null {
  const { bars, settings } = setting;
  const { start, fill, delay, execution } = settings;
  const length = bars.close.length;
  if (delay !== 0) return null;
  if (plan.replaceOrders || start >= length) return null;
  if (plan.rules.length === 0 || plan.rules.length > MOST_RULES) return null;
  if (plan.exits === undefined && execution !== undefined) return null;
  if (!plan.rules.every(({ sizing, limit }) => limit === null && SIZES.has(sizing.kind)))
    return null;
  if (!plan.steps.every(isLean)) return null;
  const prices = fill === "close" ? bars.close : bars.open;
  if (!arePrices(bars.close) || (prices !== bars.close && !arePrices(prices))) return null;
  const exits = plan.exits ? leanExits(plan, setting) : null;
  if (plan.exits && exits === null) return null;
  return {
    plan,
    dialect: plan.dialect,
    steps: plan.steps,
    rules: plan.rules,
    exits,
    atClose: fill === "close",
    names: plan.steps.map((step) =>
      plan.steps.findIndex(
        (each) => step.kind === "indicator" && each.kind === "indicator" && each.name === step.name,
      ),
    ),
    calm: areCalm(prices, bars.close),
    leastStep: leastStep(bars.time),
  };
}

function isLean(step: Plan["steps"][number]): boolean {
  return step.kind !== "map" || isNumber(step.tape);
}

function isNumber({ instructions, outputs }: Tape): boolean {
  const { op } = instructions[outputs[0]!] as Instruction;
  return ["load", "scalar", "add", "sub", "mul", "div"].includes(op);
}

function arePrices(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) {
    const price = column[i]!;
    if (!(price > 0 && price < LARGEST_PRICE)) return false;
  }
  return true;
}

function areCalm(prices: Float64Array, closes: Float64Array): boolean {
  for (let i = 0; i < closes.length; i++)
    if (!(prices[i]! > LEAST_PRICE && closes[i]! * MOST_FALL > prices[i]!)) return false;
  return true;
}

function leastStep(time: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < time.length; i++) {
    const step = time[i]! - time[i - 1]!;
    if (step < least) least = step;
  }
  return least;
}
