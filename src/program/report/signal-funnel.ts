import { ALWAYS, NEVER, type Signals } from "../../backtest/orders.ts";
import type { Simulation } from "../../backtest/simulation.ts";
import { indicator, kernelOf } from "../../indicators/registry.ts";
import type { BooleanNode, IrProgram, IrRule } from "../../ir/index.ts";
import type { FunnelRow } from "../../report/html/report-data.ts";
import { ColumnPool } from "../../vector/column-pool.ts";
import type { Bars } from "../../vector/columns.ts";
import { interpretedElementwise } from "../../vector/interpret.ts";
import { type Mask, maskWords } from "../../vector/mask.ts";
import { planProgram } from "../../vector/planner.ts";
import { planSignals } from "../run-plan.ts";
import type { Logic } from "./logic.ts";

/** A condition of a rule, and the name it is shown by. */
type NameOf = (condition: BooleanNode) => string;

const STATES = ["flat", "long", "short"] as const;

/**
 * For each rule and each of its conditions: on how many bars whose position allows the rule the condition held, and
 * on how many it alone was missing. Every condition is run as a rule of its own.
 * @param nameOf how a condition is written
 */
export function signalFunnel(
  logic: Logic,
  bars: Bars,
  simulation: Simulation,
  fillsAtClose: boolean,
  nameOf: NameOf,
): FunnelRow[] {
  const parts = logic.ir.rules.map((rule) => conditionsOf(rule.when));
  const positions = positionMasks(bars.close.length, simulation, fillsAtClose);
  const held = heldPerCondition(logic, bars, parts.flat(), positions);
  let first = 0;
  return logic.ir.rules.flatMap((rule, index) => {
    const own = parts[index]!;
    const masks = held.slice(first, first + own.length);
    first += own.length;
    return rowsOf(rule, index, own, masks, positions, nameOf);
  });
}

function conditionsOf(when: BooleanNode): readonly BooleanNode[] {
  return when.kind === "logic" && when.op === "and" ? when.operands : [when];
}

/** Where each condition held under the position of each bar. */
function heldPerCondition(
  { ir, values }: Logic,
  bars: Bars,
  conditions: readonly BooleanNode[],
  positions: readonly Mask[],
): Mask[] {
  const { exits: _, ...rest } = ir;
  const rules = conditions.map(
    (when): IrRule => ({ when, side: "buy", sizing: { kind: "close" } }),
  );
  const alone: IrProgram = { ...rest, rules };
  const plan = planProgram(alone, (name) => indicator(name)!.outputs);
  const elementwise = interpretedElementwise(plan);
  const code = { plan, kernels: kernelOf, elementwise, pool: new ColumnPool() };
  const signals = planSignals(code, bars, values);
  return signals.rules.map(({ when }) => {
    const found = new Uint32Array(maskWords(signals.length));
    STATES.forEach((state, s) => {
      addHeld(found, positions[s]!, when[state], signals);
    });
    return found;
  });
}

/** Adds the bars of one state on which a condition held. */
function addHeld(found: Mask, position: Mask, condition: number, { conditions }: Signals): void {
  if (condition === NEVER) return;
  const mask = condition === ALWAYS ? null : conditions[condition]!;
  for (let w = 0; w < found.length; w++) {
    found[w] = found[w]! | (position[w]! & (mask === null ? -1 : mask[w]!));
  }
}

/**
 * The bars of the run on which rules meet no position, a long one, a short one at the close: with fills at the close,
 * the position of the bar before.
 */
function positionMasks(
  length: number,
  { trades, start }: Simulation,
  fillsAtClose: boolean,
): readonly Mask[] {
  const sign = new Int8Array(length);
  const late = fillsAtClose ? 1 : 0;
  for (let i = 0; i < trades.length; i++) {
    const to = trades.exitBar[i]! < 0 ? length : trades.exitBar[i]! + late;
    sign.fill(trades.side[i]!, Math.min(length, trades.entryBar[i]! + late), Math.min(length, to));
  }
  const masks = STATES.map(() => new Uint32Array(maskWords(length)));
  for (let bar = start; bar < length; bar++) {
    const mask = masks[sign[bar]! === 0 ? 0 : sign[bar]! > 0 ? 1 : 2]!;
    mask[bar >>> 5] = mask[bar >>> 5]! | (1 << (bar & 31));
  }
  return masks;
}

function rowsOf(
  rule: IrRule,
  index: number,
  conditions: readonly BooleanNode[],
  held: readonly Mask[],
  positions: readonly Mask[],
  nameOf: NameOf,
): FunnelRow[] {
  const ofPosition = conditions.map(isOfPosition);
  const judged = held.filter((_, k) => !ofPosition[k]);
  const counts = countHeld(
    allowedBars(
      held.filter((_, k) => ofPosition[k]),
      positions,
    ),
    judged,
  );
  return conditions
    .filter((_, k) => !ofPosition[k])
    .map((condition, k) => ({
      rule: `${index + 1}: ${rule.side}`,
      condition: nameOf(condition),
      bars: counts.bars,
      held: counts.held[k]!,
      lastMissing: counts.lastMissing[k]!,
    }));
}

/** Bars on which all conditions on the position hold; all bars of the run where there are none. */
function allowedBars(conditions: readonly Mask[], positions: readonly Mask[]): Mask {
  return positions[0]!.map((flat, w) => {
    const any = flat | positions[1]![w]! | positions[2]![w]!;
    return conditions.reduce((all, mask) => all & mask[w]!, any);
  });
}

/** Of 32 bars at once: which conditions are missing, and whether one of them alone. */
function countHeld(allowed: Mask, conditions: readonly Mask[]) {
  const held = new Float64Array(conditions.length);
  const lastMissing = new Float64Array(conditions.length);
  let bars = 0;
  for (let w = 0; w < allowed.length; w++) {
    const possible = allowed[w]!;
    if (possible === 0) continue;
    bars += bitCount(possible);
    let once = 0;
    let again = 0;
    for (const mask of conditions) {
      const missing = ~mask[w]!;
      again |= once & missing;
      once |= missing;
    }
    const alone = once & ~again & possible;
    for (let k = 0; k < conditions.length; k++) {
      const here = conditions[k]![w]!;
      held[k] = held[k]! + bitCount(here & possible);
      if (alone !== 0) lastMissing[k] = lastMissing[k]! + bitCount(~here & alone);
    }
  }
  return { bars, held, lastMissing };
}

/** Set bits of a word (H. Warren, Hacker's Delight, 2013, figure 5-2). */
function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function isOfPosition(condition: BooleanNode): boolean {
  return (
    condition.kind === "position" ||
    (condition.kind === "not" && condition.operand.kind === "position")
  );
}
