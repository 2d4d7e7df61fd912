import type { StrategyCode } from "../../program/run-plan.ts";
import { type Bars, COLUMNS } from "../../vector/columns.ts";
import { runPieces } from "../../vector/execute.ts";
import { type Mask, maskWords } from "../../vector/mask.ts";
import type { Plan, Step } from "../../vector/plan.ts";

/** Bytes of columns that are kept for later trials; those of one trial are kept however large. */
const BUDGET = 128 * 2 ** 20;

interface Kept {
  readonly columns: readonly Float64Array[];
  used: number;
}

/**
 * Columns of a plan over one dataset, each computed once per distinct content while memory lasts: what a step reads,
 * and the values of its own scalars, are its key. The columns that were used longest ago are given up first.
 */
export class SharedColumns {
  readonly #plan: Plan;
  readonly #code: StrategyCode;
  readonly #bars: Bars;
  readonly #kept = new Map<string, Kept>();
  readonly #free: Float64Array[] = [];
  readonly #producer: readonly number[];
  readonly #scalarsOf: readonly (readonly number[])[];
  #trial = 0;
  #bytes = 0;

  constructor(code: StrategyCode, bars: Bars) {
    this.#plan = code.plan;
    this.#code = code;
    this.#bars = bars;
    const producer: number[] = [];
    code.plan.steps.forEach((step, at) => {
      for (const output of outputsOf(step)) producer[output] = at;
    });
    this.#producer = producer;
    this.#scalarsOf = code.plan.steps.map(scalarsOf);
  }

  /** Ends what the last trial needs: its columns may be given up. */
  nextTrial(): void {
    this.#trial++;
  }

  /** A column with these scalars; it holds until the next trial. */
  column(index: number, scalars: Float64Array): Float64Array {
    if (index < COLUMNS.length) return this.#bars[COLUMNS[index]!];
    const at = this.#producer[index]!;
    const step = this.#plan.steps[at]!;
    return this.#produced(at, scalars)[outputsOf(step).indexOf(index)]!;
  }

  /** The masks of the plan's conditions with these scalars; the caller's own. */
  conditions(scalars: Float64Array): readonly Mask[] {
    const bars = this.#bars.close.length;
    const conditions: Mask[] = [];
    this.#plan.steps.forEach((step, at) => {
      if (step.kind !== "masks") return;
      const masks = step.conditions.map(() => new Uint32Array(maskWords(bars)));
      const columns = this.#read(step, scalars);
      runPieces(this.#code.elementwise(at), bars, columns, scalars, masks, step.crosses);
      step.conditions.forEach((condition, k) => {
        conditions[condition] = masks[k]!;
      });
    });
    return conditions;
  }

  #produced(at: number, scalars: Float64Array): readonly Float64Array[] {
    const key = this.#key(at, scalars);
    const known = this.#kept.get(key);
    if (known) {
      // Last in the map: used last.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      known.used = this.#trial;
      return known.columns;
    }
    const columns = this.#compute(at, scalars);
    this.#kept.set(key, { columns, used: this.#trial });
    return columns;
  }

  #compute(at: number, scalars: Float64Array): readonly Float64Array[] {
    const step = this.#plan.steps[at]!;
    const bars = this.#bars.close.length;
    const read = this.#read(step, scalars);
    const columns = outputsOf(step).map(() => this.#take(bars));
    if (step.kind === "indicator") {
      this.#code.kernels(step.name, this.#plan.dialect)(
        step.sources.map((source) => read[source]!),
        step.params.map((scalar) => scalars[scalar]!),
        columns,
      );
    } else if (step.kind === "map") {
      runPieces(this.#code.elementwise(at), bars, read, scalars, columns[0]!, step.crosses);
    }
    return columns;
  }

  /** The columns that a step reads, at their numbers. */
  #read(step: Step, scalars: Float64Array): Float64Array[] {
    const columns: Float64Array[] = [];
    for (const index of sourcesOf(step)) columns[index] = this.column(index, scalars);
    return columns;
  }

  #key(at: number, scalars: Float64Array): string {
    const step = this.#plan.steps[at]!;
    const sources = sourcesOf(step).map((index) =>
      index < COLUMNS.length ? index : this.#key(this.#producer[index]!, scalars),
    );
    const values = this.#scalarsOf[at]!.map((scalar) => scalars[scalar]!);
    const name = step.kind === "indicator" ? step.name : at;
    return `${name}(${sources};${values})`;
  }

  #take(bars: number): Float64Array {
    for (const [key, { columns, used }] of this.#kept) {
      if (this.#bytes + 8 * bars <= BUDGET || used === this.#trial) break;
      this.#kept.delete(key);
      this.#free.push(...columns);
      this.#bytes -= 8 * bars * columns.length;
    }
    this.#bytes += 8 * bars;
    return this.#free.pop() ?? new Float64Array(bars);
  }
}

function outputsOf(step: Step): readonly number[] {
  if (step.kind === "indicator") return step.outputs;
  return step.kind === "map" ? [step.output] : [];
}

function sourcesOf(step: Step): readonly number[] {
  if (step.kind === "indicator") return step.sources;
  const columns = step.tape.instructions.flatMap((each) =>
    each.op === "load" ? [each.column] : [],
  );
  return [...new Set(columns)];
}

function scalarsOf(step: Step): readonly number[] {
  if (step.kind === "indicator") return step.params;
  const scalars = step.tape.instructions.flatMap((each) =>
    each.op === "load" ? each.offsets : each.op === "scalar" ? [each.scalar] : [],
  );
  return [...new Set(scalars)];
}
