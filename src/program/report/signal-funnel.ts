import type { Simulation } from "../../backtest/simulation.ts";
import { indicator } from "../../indicators/registry.ts";
import type { BooleanNode, IrProgram, IrRule } from "../../ir/index.ts";
import type { FunnelRow } from "../../report/html/report-data.ts";
import { ColumnPool } from "../../vector/column-pool.ts";
import type { Bars } from "../../vector/columns.ts";
import { interpretedElementwise } from "../../vector/interpret.ts";
import { planProgram } from "../../vector/planner.ts";
import type { ParamValues, Program } from "../program.ts";
import { planSignals } from "../run-plan.ts";
import { type RuleSignals, unpackSignals } from "../unpack-signals.ts";

/** A condition of a rule, and the name it is shown by. */
type NameOf = (condition: BooleanNode) => string;

/**
 * For each rule and each of its conditions: on how many bars whose position allows the rule the condition held, and
 * on how many it alone was missing. Every condition is run as a rule of its own.
 * @param nameOf how a condition is written
 */
export function signalFunnel(
  program: Program,
  bars: Bars,
  simulation: Simulation,
  fillsAtClose: boolean,
  nameOf: NameOf,
  params?: ParamValues,
): FunnelRow[] {
  const parts = program.ir.rules.map((rule) => conditionsOf(rule.when));
  const held = heldPerCondition(program, bars, parts.flat(), params);
  const sign = positionBefore(bars.close.length, simulation, fillsAtClose);
  let first = 0;
  return program.ir.rules.flatMap((rule, index) => {
    const own = parts[index]!;
    const signals = held.slice(first, first + own.length);
    first += own.length;
    return rowsOf(rule, index, own, signals, sign, simulation.start, nameOf);
  });
}

function conditionsOf(when: BooleanNode): readonly BooleanNode[] {
  return when.kind === "logic" && when.op === "and" ? when.operands : [when];
}

function heldPerCondition(
  program: Program,
  bars: Bars,
  conditions: readonly BooleanNode[],
  params?: ParamValues,
): RuleSignals[] {
  const { exits: _, ...ir } = program.ir;
  const rules = conditions.map(
    (when): IrRule => ({ when, side: "buy", sizing: { kind: "close" } }),
  );
  const alone: IrProgram = { ...ir, rules };
  const plan = planProgram(alone, (name) => indicator(name)!.outputs);
  const { kernels } = program.code();
  const code = { plan, kernels, elementwise: interpretedElementwise(plan), pool: new ColumnPool() };
  return unpackSignals(planSignals(code, bars, program.bind(params)));
}

/** Sign of the position that the rules meet at each bar's close: with fills at the close, that of the bar before. */
function positionBefore(length: number, { trades }: Simulation, fillsAtClose: boolean): Int8Array {
  const sign = new Int8Array(length);
  const late = fillsAtClose ? 1 : 0;
  for (let i = 0; i < trades.length; i++) {
    const to = trades.exitBar[i]! < 0 ? length : trades.exitBar[i]! + late;
    sign.fill(trades.side[i]!, Math.min(length, trades.entryBar[i]! + late), Math.min(length, to));
  }
  return sign;
}

function rowsOf(
  rule: IrRule,
  index: number,
  conditions: readonly BooleanNode[],
  signals: readonly RuleSignals[],
  sign: Int8Array,
  start: number,
  nameOf: NameOf,
): FunnelRow[] {
  const ofPosition = conditions.map(isOfPosition);
  const held = new Float64Array(conditions.length);
  const missing = new Float64Array(conditions.length);
  let allowed = 0;
  for (let bar = start; bar < sign.length; bar++) {
    const state = sign[bar]! > 0 ? "long" : sign[bar]! < 0 ? "short" : "flat";
    let lacking = 0;
    let last = 0;
    let barred = false;
    for (let k = 0; k < signals.length; k++) {
      if (signals[k]![state][bar] === 1) continue;
      lacking++;
      last = k;
      barred ||= ofPosition[k]!;
    }
    if (barred) continue;
    allowed++;
    if (lacking === 1) missing[last]!++;
    for (let k = 0; k < signals.length; k++) held[k]! += signals[k]![state][bar]!;
  }
  return conditions.flatMap((condition, k) =>
    ofPosition[k]
      ? []
      : [
          {
            rule: `${index + 1}: ${rule.side}`,
            condition: nameOf(condition),
            bars: allowed,
            held: held[k]!,
            lastMissing: missing[k]!,
          },
        ],
  );
}

function isOfPosition(condition: BooleanNode): boolean {
  return (
    condition.kind === "position" ||
    (condition.kind === "not" && condition.operand.kind === "position")
  );
}
