import {
  type BooleanNode,
  type FlagNode,
  type IndicatorNode,
  type IrDistance,
  type IrExits,
  type IrProgram,
  type IrRule,
  type IrSizing,
  type NumberNode,
  POSITION_STATES,
  Rewriter,
} from "../ir/index.ts";
import { COLUMNS } from "./columns.ts";
import {
  BAR_COLUMNS,
  type IndicatorStep,
  type Plan,
  type PlanDistance,
  type PlanExits,
  type PlanRule,
  type PlanSizing,
  type Step,
} from "./plan.ts";
import { ScalarTable } from "./scalar-table.ts";
import { specialise } from "./specialise.ts";
import { crossesOf, type Tape } from "./tape.ts";
import { TapeBuilder } from "./tape-builder.ts";

/** A rule fires never, always, under a position state: the constants of the backtest's contract. */
const NEVER = -1;
const ALWAYS = -2;

/** More instructions than this in one generated loop would leave V8's optimising compiler behind. */
const TAPE_LIMIT = 256;

/** Schedules a program: every column once, conditions fused into as few loops as V8 optimises well. */
export function planProgram(
  program: IrProgram,
  outputsOf: (indicator: string) => readonly string[],
): Plan {
  return new Planner(program, outputsOf).plan();
}

class Planner {
  readonly #program: IrProgram;
  readonly #outputsOf: (indicator: string) => readonly string[];
  readonly #rewriter = new Rewriter(new Map());
  readonly #scalars: ScalarTable;
  readonly #steps: Step[] = [];
  readonly #columns = new Map<NumberNode, number>();
  readonly #conditions = new Map<BooleanNode, number>();
  readonly #prepared = new Set<BooleanNode | NumberNode>();
  readonly #calls = new Map<string, IndicatorStep>();
  #count = BAR_COLUMNS;

  constructor(program: IrProgram, outputsOf: (indicator: string) => readonly string[]) {
    this.#program = program;
    this.#outputsOf = outputsOf;
    this.#scalars = new ScalarTable(program.params.map((p) => p.name));
  }

  plan(): Plan {
    const rules = this.#program.rules.map((rule) => this.#rule(rule));
    const cooldown = this.#scalars.of(this.#program.cooldown);
    const { exits } = this.#program;
    const planned = exits && this.#exits(exits);
    for (const condition of this.#conditions.keys()) this.#prepare(condition);
    this.#emitMasks();
    return {
      dialect: this.#program.dialect,
      scalars: this.#scalars.all,
      columns: this.#count,
      steps: this.#steps,
      conditions: this.#conditions.size,
      rules,
      ...(planned ? { exits: planned } : {}),
      cooldown,
      replaceOrders: this.#program.replaceOrders,
    };
  }

  #rule(rule: IrRule): PlanRule {
    const [flat, long, short] = POSITION_STATES.map((state) => {
      const number = (n: NumberNode) => this.#rewriter.number(n);
      return this.#condition(specialise(rule.when, state, this.#rewriter.graph, number));
    });
    return {
      side: rule.side,
      sizing: this.#sizing(rule.sizing),
      when: { flat: flat!, long: long!, short: short! },
      limit: rule.limit ? this.#column(this.#rewriter.number(rule.limit)) : null,
    };
  }

  #condition(node: BooleanNode): number {
    if (node.kind === "truth") return node.value ? ALWAYS : NEVER;
    const known = this.#conditions.get(node);
    if (known !== undefined) return known;
    this.#conditions.set(node, this.#conditions.size);
    return this.#conditions.size - 1;
  }

  #sizing(sizing: IrSizing): PlanSizing {
    switch (sizing.kind) {
      case "close":
        return sizing;
      case "cash":
        return { kind: "cash", scalar: this.#scalars.of(sizing.cash) };
      case "percent_of_equity":
        return { kind: "percent_of_equity", scalar: this.#scalars.of(sizing.percent) };
      case "volatility_target":
        return {
          kind: "volatility_target",
          percent: this.#scalars.of(sizing.percent),
          period: this.#scalars.of(sizing.period),
          maxPercent: this.#scalars.of(sizing.maxPercent),
        };
      case "kelly":
        return {
          kind: "kelly",
          fraction: this.#scalars.of(sizing.fraction),
          trades: this.#scalars.of(sizing.trades),
          percent: this.#scalars.of(sizing.percent),
        };
      case "quantity":
        return typeof sizing.quantity === "string"
          ? { kind: "quantity", quantity: sizing.quantity }
          : { kind: "quantity_scalar", scalar: this.#scalars.of(sizing.quantity) };
    }
  }

  #exits(exits: IrExits): PlanExits {
    return Object.fromEntries(
      Object.entries(exits).map(([name, distance]) => [name, this.#distance(distance)]),
    );
  }

  #distance(distance: IrDistance): PlanDistance {
    switch (distance.kind) {
      case "percent":
        return { kind: "percent", scalar: this.#scalars.of(distance.percent) };
      case "ticks":
        return { kind: "ticks", scalar: this.#scalars.of(distance.ticks) };
      case "atr":
        return {
          kind: "atr",
          scalar: this.#scalars.of(distance.multiple),
          column: this.#column(this.#rewriter.number(distance.atr)),
        };
    }
  }

  /** Schedules the indicator columns that a condition or expression reads. */
  #prepare(node: BooleanNode | NumberNode): void {
    if (this.#prepared.has(node)) return;
    this.#prepared.add(node);
    switch (node.kind) {
      case "indicator":
        this.#indicator(node);
        return;
      case "flag":
        this.#flag(node);
        return;
      case "history":
        this.#prepare(node.source);
        return;
      case "binary":
      case "compare":
      case "cross":
        this.#prepare(node.left);
        this.#prepare(node.right);
        return;
      case "logic":
        for (const operand of node.operands) this.#prepare(operand);
        return;
      case "not":
        this.#prepare(node.operand);
        return;
    }
  }

  /** The column that holds a number node, computed if it is not one yet. */
  #column(node: NumberNode): number {
    if (node.kind === "field") return COLUMNS.indexOf(node.field);
    if (node.kind === "indicator") return this.#indicator(node);
    if (node.kind === "flag") return this.#flag(node);
    const known = this.#columns.get(node);
    if (known !== undefined) return known;
    this.#prepare(node);
    const builder = this.#tapeBuilder();
    return this.#map(node, builder.finish([builder.number(node)]));
  }

  #flag(node: FlagNode): number {
    const known = this.#columns.get(node);
    if (known !== undefined) return known;
    // It does not depend on the position, so any state will do.
    const operand = specialise(node.operand, "flat", this.#rewriter.graph, (n) => n);
    this.#prepare(operand);
    const builder = this.#tapeBuilder();
    return this.#map(node, builder.finish([builder.boolean(operand)]));
  }

  #map(node: NumberNode, tape: Tape): number {
    const output = this.#newColumn(node);
    this.#steps.push({ kind: "map", tape, crosses: crossesOf(tape).length, output });
    return output;
  }

  #indicator(node: IndicatorNode): number {
    const known = this.#columns.get(node);
    if (known !== undefined) return known;
    const sources = node.sources.map((s) => this.#column(s));
    const params = node.params.map((p) => this.#scalars.of(p));
    const call = this.#call(node.name, sources, params);
    const column = call.outputs[this.#outputsOf(node.name).indexOf(node.output)]!;
    this.#columns.set(node, column);
    return column;
  }

  /** All outputs of an indicator come from one kernel call. */
  #call(name: string, sources: readonly number[], params: readonly number[]): IndicatorStep {
    const key = `${name} ${sources} ${params}`;
    const known = this.#calls.get(key);
    if (known) return known;
    const outputs = this.#outputsOf(name).map(() => this.#count++);
    const call: IndicatorStep = { kind: "indicator", name, sources, params, outputs };
    this.#calls.set(key, call);
    this.#steps.push(call);
    return call;
  }

  #newColumn(node: NumberNode): number {
    const column = this.#count++;
    this.#columns.set(node, column);
    return column;
  }

  #tapeBuilder(): TapeBuilder {
    return new TapeBuilder(this.#program.dialect, this.#scalars, (n) => this.#column(n));
  }

  #emitMasks(): void {
    let builder = this.#tapeBuilder();
    let conditions: number[] = [];
    let outputs: number[] = [];
    const flush = () => {
      if (conditions.length === 0) return;
      const tape: Tape = builder.finish(outputs);
      this.#steps.push({ kind: "masks", tape, crosses: crossesOf(tape).length, conditions });
      builder = this.#tapeBuilder();
      conditions = [];
      outputs = [];
    };
    for (const [node, index] of this.#conditions) {
      outputs.push(builder.boolean(node));
      conditions.push(index);
      if (builder.size > TAPE_LIMIT) flush();
    }
    flush();
  }
}
