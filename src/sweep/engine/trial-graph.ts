import { ALWAYS, NEVER } from "../../backtest/orders.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { Scalar } from "../../vector/plan.ts";
import type { Tape } from "../../vector/tape.ts";
import {
  ADD,
  DIV,
  EQ,
  GE,
  GT,
  LE,
  LT,
  MUL,
  NE,
  NEGATED,
  SUB,
  SWAPPED,
} from "../../vector/wasm/layout.ts";
import { nameExits } from "./exit-nodes.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { NODE, NodeTable } from "./node-table.ts";
import { STATES } from "./states.ts";
import { type Turns, turnsOf } from "./turning.ts";

/** A look back farther than this is left to whole runs. */
const FARTHEST = 4096;

const CODES: Readonly<Record<string, number>> = {
  add: ADD,
  sub: SUB,
  mul: MUL,
  div: DIV,
  gt: GT,
  lt: LT,
  ge: GE,
  le: LE,
  eq: EQ,
  ne: NE,
};

/** What the trials of a batch compute and when their rules fire. */
export interface TrialGraph {
  readonly nodes: NodeTable;
  /** Of a call's node: the step of the plan that its owner makes it by. */
  readonly stepOf: number[];
  /** Per trial, per condition of the plan: its node; conditions side by side. */
  readonly conditions: Int32Array;
  /** Per trial, per position (short, flat, long): where any rule fires. */
  readonly any: Int32Array;
  /** Per trial, its scalars side by side. */
  readonly scalars: Float64Array;
  /** Per trial: nodes of its stop and its target, where it has them. */
  readonly exits: Int32Array;
  /** Trials that only a whole run does. */
  readonly whole: Uint8Array;
  readonly turns: Turns;
}

/** A graph whose trials are being named. */
type Names = Omit<TrialGraph, "turns">;

/** Names what each trial computes. */
export function trialGraph(lean: LeanPlan, params: Float64Array, count: number): TrialGraph {
  const { plan } = lean;
  const nodes = new NodeTable();
  const width = plan.scalars.length;
  const declared = count === 0 ? 0 : params.length / count;
  const graph: Names = {
    nodes,
    stepOf: [],
    conditions: new Int32Array(count * plan.conditions),
    any: new Int32Array(count * STATES.length),
    scalars: new Float64Array(count * width),
    exits: new Int32Array(2 * count),
    whole: new Uint8Array(count),
  };
  const columns = new Int32Array(plan.columns);
  const values = new Int32Array(
    Math.max(
      0,
      ...plan.steps.map((step) => (step.kind === "indicator" ? 0 : step.tape.instructions.length)),
    ),
  );
  const wanted = STATES.map((state) => [
    ...new Set(lean.rules.map(({ when }) => when[state]).filter((each) => each !== NEVER)),
  ]);

  for (let trial = 0; trial < count; trial++) {
    nodes.trial = trial;
    const scalars = graph.scalars.subarray(trial * width, (trial + 1) * width);
    bindScalars(plan.scalars, params, trial * declared, scalars);
    for (let k = 0; k < COLUMNS.length; k++) columns[k] = nodes.node(NODE.bar, k, 0, 0);
    const held = scalars[plan.cooldown]! * 1000 > lean.leastStep;
    if (held || !nameSteps(lean, graph, scalars, columns, values, trial)) {
      graph.whole[trial] = 1;
      continue;
    }
    if (lean.exits) {
      const out = graph.exits.subarray(2 * trial);
      nameExits(lean.exits, nodes, scalars, columns, lean.atClose, out);
    }
    for (let state = 0; state < STATES.length; state++)
      graph.any[3 * trial + state] = anyOf(
        nodes,
        wanted[state]!,
        graph.conditions,
        trial * plan.conditions,
      );
  }
  return { ...graph, turns: turnsOf(lean, graph) };
}

function bindScalars(
  scalars: readonly Scalar[],
  params: Float64Array,
  from: number,
  out: Float64Array,
): void {
  for (let k = 0; k < scalars.length; k++) {
    const scalar = scalars[k]!;
    let value: number;
    if (scalar.op === "param") value = params[from + scalar.index]!;
    else if (scalar.op === "literal") value = scalar.value;
    else if (scalar.op === "add") value = out[scalar.a]! + out[scalar.b]!;
    else if (scalar.op === "sub") value = out[scalar.a]! - out[scalar.b]!;
    else if (scalar.op === "mul") value = out[scalar.a]! * out[scalar.b]!;
    else value = out[scalar.a]! / out[scalar.b]!;
    out[k] = value + 0 * value;
  }
}

/** Names the columns and conditions of a trial; false where it looks back too far. */
function nameSteps(
  lean: LeanPlan,
  { nodes, stepOf, conditions }: Names,
  scalars: Float64Array,
  columns: Int32Array,
  values: Int32Array,
  trial: number,
): boolean {
  const { plan } = lean;
  for (let at = 0; at < plan.steps.length; at++) {
    const step = plan.steps[at]!;
    if (step.kind === "indicator") {
      let list = 0;
      for (const scalar of step.params)
        list = nodes.node(NODE.list, nodes.value(scalars[scalar]!), list, 1);
      for (const source of step.sources) list = nodes.node(NODE.list, columns[source]!, list, 0);
      const call = nodes.node(NODE.call, lean.names[at]!, list, 0);
      stepOf[call] ??= at;
      for (let k = 0; k < step.outputs.length; k++)
        columns[step.outputs[k]!] = nodes.node(NODE.output, call, k, 0);
      continue;
    }
    if (!nameTape(step.tape, nodes, scalars, columns, values)) return false;
    if (step.kind === "map") columns[step.output] = values[step.tape.outputs[0]!]!;
    else {
      for (let k = 0; k < step.conditions.length; k++)
        conditions[trial * plan.conditions + step.conditions[k]!] = values[step.tape.outputs[k]!]!;
    }
  }
  return true;
}

function nameTape(
  tape: Tape,
  nodes: NodeTable,
  scalars: Float64Array,
  columns: Int32Array,
  values: Int32Array,
): boolean {
  const { instructions } = tape;
  for (let k = 0; k < instructions.length; k++) {
    const each = instructions[k]!;
    switch (each.op) {
      case "load": {
        let offset = 0;
        for (const scalar of each.offsets) offset += scalars[scalar]!;
        if (!(offset >= 0 && offset <= FARTHEST && Number.isInteger(offset))) return false;
        const column = columns[each.column]!;
        values[k] = offset === 0 ? column : nodes.node(NODE.shift, column, offset, 0);
        break;
      }
      case "scalar":
        values[k] = nodes.node(NODE.constant, nodes.value(scalars[each.scalar]!), 0, 0);
        break;
      case "truth":
        values[k] = nodes.node(NODE.truth, each.value ? 1 : 0, 0, 0);
        break;
      case "add":
      case "sub":
      case "mul":
      case "div":
        values[k] = nodes.node(NODE.arithmetic, values[each.a]!, values[each.b]!, CODES[each.op]!);
        break;
      case "and":
      case "or": {
        const kind = each.op === "and" ? NODE.and : NODE.or;
        let all = values[each.operands[0]!]!;
        for (let j = 1; j < each.operands.length; j++)
          all = nodes.node(kind, all, values[each.operands[j]!]!, 0);
        values[k] = all;
        break;
      }
      case "cross":
        values[k] = nameCross(nodes, values[each.a]!, values[each.b]!, each.negated);
        break;
      default:
        values[k] = nameComparison(nodes, values[each.a]!, values[each.b]!, CODES[each.op]!);
    }
  }
  return true;
}

/** All comparisons and crosses of two columns share how these stand to each other. */
function relationOf(nodes: NodeTable, a: number, b: number): number {
  return nodes.node(NODE.relation, Math.min(a, b), Math.max(a, b), 0);
}

const MIRRORED: Readonly<Record<number, number>> = { [GT]: LT, [LT]: GT, [GE]: LE, [LE]: GE };

function nameComparison(nodes: NodeTable, a: number, b: number, op: number): number {
  return nodes.node(NODE.compare, relationOf(nodes, a, b), 0, a > b ? (MIRRORED[op] ?? op) : op);
}

function nameCross(nodes: NodeTable, a: number, b: number, negated: boolean): number {
  const swapped = a > b;
  const relation = relationOf(nodes, a, b);
  return nodes.node(NODE.cross, relation, 0, (swapped ? SWAPPED : 0) | (negated ? NEGATED : 0));
}

function anyOf(
  nodes: NodeTable,
  wanted: readonly number[],
  conditions: Int32Array,
  from: number,
): number {
  if (wanted.length === 0) return nodes.node(NODE.truth, 0, 0, 0);
  if (wanted.includes(ALWAYS)) return nodes.node(NODE.truth, 1, 0, 0);
  let any = conditions[from + wanted[0]!]!;
  for (let k = 1; k < wanted.length; k++)
    any = nodes.node(NODE.or, any, conditions[from + wanted[k]!]!, 0);
  return any;
}
