import {
  type BlockExpr,
  type CoreExpr,
  type CoreStatement,
  type IndicatorExpr,
  type InputSpec,
  isReference,
  type Slot,
} from "../../dsl/text/core.ts";
import { walk, walkExpression } from "./walk.ts";

/** `run`: constant of a run. `pure`: a column, whatever the orders do. `bar`: needs the bar loop. */
export type Stage = "run" | "pure" | "bar";

interface Assigned {
  count: number;
  value: CoreExpr | null;
  once: boolean;
  conditional: boolean;
}

const ORDER: readonly Stage[] = ["run", "pure", "bar"];

/** When the values of a program are known (DESIGN §1.3), asked for by expression and by slot. */
export class Stages {
  readonly #slots: readonly Slot[];
  readonly #inputs: ReadonlyMap<string, InputSpec>;
  readonly #outer: Stages | null;
  readonly #assigned = new Map<number, Assigned>();
  /** Sites that are computed on every bar. */
  readonly #steady = new Set<number>();
  readonly #ofSlot = new Map<number, Stage>();
  readonly #ofExpr = new Map<CoreExpr, Stage>();

  constructor(
    slots: readonly Slot[],
    inputs: readonly InputSpec[],
    body: readonly CoreStatement[],
    value: CoreExpr | null,
    outer: Stages | null,
  ) {
    this.#slots = slots;
    this.#inputs = new Map(inputs.map((input) => [input.name, input]));
    this.#outer = outer;
    const visitor = {
      statement: (statement: CoreStatement, { conditional }: { conditional: boolean }) => {
        if (statement.kind === "set") {
          this.#assign(statement.slot, statement.value, statement.once, conditional);
        } else if (statement.kind === "for") this.#assign(statement.slot, null, false, true);
        else if (statement.kind === "for_in") {
          this.#assign(statement.slot, null, false, true);
          if (statement.index !== null) this.#assign(statement.index, null, false, true);
        }
      },
      expression: (expr: CoreExpr, { conditional }: { conditional: boolean }) => {
        if (expr.kind === "indicator" && !conditional) this.#steady.add(expr.site);
      },
    };
    walk(body, visitor);
    if (value) walkExpression(value, visitor);
    // In the order of the program, so that long chains of names need no deep recursion.
    for (const slot of this.#assigned.keys()) this.ofSlot(slot);
  }

  of(expr: CoreExpr): Stage {
    const known = this.#ofExpr.get(expr);
    if (known !== undefined) return known;
    const stage = this.#compute(expr);
    this.#ofExpr.set(expr, stage);
    return stage;
  }

  ofSlot(slot: number): Stage {
    const known = this.#ofSlot.get(slot);
    if (known !== undefined) return known;
    // What refers to itself depends on the bar before.
    this.#ofSlot.set(slot, "bar");
    const stage = this.#computeSlot(slot);
    this.#ofSlot.set(slot, stage);
    return stage;
  }

  /** The only value of a slot that is no state. */
  valueOf(slot: number): CoreExpr {
    const value = this.#assigned.get(slot)?.value ?? this.#outer?.valueOf(slot);
    if (!value) throw new Error(`slot ${slot} has no single value`);
    return value;
  }

  /** Whether there are bars on which a slot of the bar loop is not met at all. */
  sometimes(slot: number): boolean {
    return this.ofSlot(slot) === "bar" && (this.#assigned.get(slot)?.conditional ?? false);
  }

  /** Slots that are set, in the order of the program. */
  get assigned(): Iterable<number> {
    return this.#assigned.keys();
  }

  /** What names and blocks around a value stand for. */
  resolve(expr: CoreExpr): CoreExpr {
    let found = expr;
    for (;;) {
      if (found.kind === "block") found = found.value;
      else if (found.kind === "local" && this.ofSlot(found.slot) !== "bar")
        found = this.valueOf(found.slot);
      else return found;
    }
  }

  input(name: string): InputSpec {
    const input = this.#inputs.get(name);
    if (!input) throw new Error(`no input ${name}`);
    return input;
  }

  #assign(slot: number, value: CoreExpr | null, once: boolean, conditional: boolean): void {
    const known = this.#assigned.get(slot);
    if (known) {
      known.count++;
      known.conditional &&= conditional;
    } else this.#assigned.set(slot, { count: 1, value, once, conditional });
  }

  #computeSlot(slot: number): Stage {
    const found = this.#assigned.get(slot);
    if (!found) return this.#outer?.ofSlot(slot) === "run" ? "run" : "bar";
    const { count, value, once, conditional } = found;
    if (count !== 1 || value === null || conditional) return "bar";
    const { type, lifetime, history } = this.#slots[slot]!;
    // Columns hold numbers, so that the past of a text is kept by the bar loop.
    if (isReference(type) || (type === "text" && history !== 0)) return "bar";
    const stage = this.of(value);
    if (once) return stage === "run" ? "run" : "bar";
    return lifetime === "var" ? "bar" : stage;
  }

  #compute(expr: CoreExpr): Stage {
    if (isReference(expr.type)) return "bar";
    switch (expr.kind) {
      case "const":
      case "chart":
        return "run";
      case "input":
        return this.input(expr.name).type === "source" ? "pure" : "run";
      case "field":
        return "pure";
      case "local":
        return this.ofSlot(expr.slot);
      case "past":
        return this.#latest([expr.of, expr.offset], "pure");
      case "unary":
        return this.of(expr.operand);
      case "binary":
        return this.#latest([expr.left, expr.right]);
      case "select":
        return this.#latest([expr.test, expr.then, expr.otherwise]);
      case "math":
      case "string":
        return this.#latest(expr.args);
      case "calendar":
        return this.#latest(expr.args, READS_BAR.has(expr.fn) ? "pure" : "run");
      case "indicator":
        return this.#indicator(expr);
      case "security":
        return this.of(expr.timeframe) === "run" && expr.type !== "text" ? "pure" : "bar";
      case "block":
        return this.#block(expr);
      case "ledger":
      case "trade":
      case "array":
        return "bar";
    }
  }

  #indicator(expr: IndicatorExpr): Stage {
    if (!this.#steady.has(expr.site)) return "bar";
    if (expr.params.some((param) => this.of(param) !== "run")) return "bar";
    return this.#latest(expr.sources, "pure");
  }

  /** Statements that do nothing but name values may be left out where the value becomes a column. */
  #block(expr: BlockExpr): Stage {
    const names = expr.statements.every(
      (each) => each.kind === "set" && this.ofSlot(each.slot) !== "bar",
    );
    return names ? this.of(expr.value) : "bar";
  }

  #latest(parts: readonly CoreExpr[], least: Stage = "run"): Stage {
    return ORDER[
      parts.reduce(
        (most, part) => Math.max(most, ORDER.indexOf(this.of(part))),
        ORDER.indexOf(least),
      )
    ]!;
  }
}

const READS_BAR: ReadonlySet<string> = new Set([
  "time_session",
  "time_close_session",
  "time_tradingday",
  "timeframe_change",
]);
