import type { ColumnShare } from "../../script/run/column-share.ts";
import type { UnitRun } from "../../script/run/run-unit.ts";
import { type ColumnStep, type Environment, FIELD_COLUMNS, type Unit } from "../../script/unit.ts";
import type { Column, KeptColumns } from "./kept-columns.ts";

/**
 * Columns of scripts by what they are made of: an indicator and its numbers, or a loop of the script and the constants that it
 * reads, over columns that are told apart the same way.
 */
export class ScriptColumns implements ColumnShare {
  readonly #kept: KeptColumns;
  /** Inputs that differ between trials, by number. */
  readonly #varying: ReadonlySet<number>;
  /** Which sub-program this is of, "" for the script itself. */
  readonly #path: string;
  /** Which bars it runs on. */
  readonly #bars: string;
  readonly #inputs = new WeakMap<Unit, readonly (readonly number[])[]>();

  constructor(kept: KeptColumns, varying: ReadonlySet<number>, path = "", bars = "") {
    this.#kept = kept;
    this.#varying = varying;
    this.#path = path;
    this.#bars = bars;
  }

  fill(unit: Unit, environment: Environment, run: UnitRun, compute: (step: number) => void): void {
    const { steps, dependencies } = unit;
    const kept = this.#kept;
    const { C } = environment;
    const contents = this.#contents(unit, environment, run);
    const ranks = this.#ranks(unit);
    const wanted = new Set(dependencies!.loop);
    const missing: number[] = [];
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at]!;
      const outputs = outputsOf(step);
      if (!outputs.some((output) => wanted.has(output))) continue;
      const known = kept.find(contents[at]!, ranks[at]!);
      if (known === null) {
        missing.push(at);
        for (const read of readsOf(step)) wanted.add(read);
      } else for (const [k, output] of outputs.entries()) C[output] = known[k] as Float64Array;
    }
    for (const at of missing.reverse()) {
      const step = steps[at]!;
      const outputs = outputsOf(step);
      kept.room(8 * environment.n * outputs.length);
      compute(at);
      const lent = step.kind === "source" && isField(run.inputs.texts[step.input]!);
      if (lent) continue;
      const columns: readonly Column[] = outputs.map((output) => C[output]!);
      const own = step.kind === "indicator" || step.kind === "map";
      kept.keep(contents[at]!, ranks[at]!, columns, own ? run.pool : null);
    }
  }

  constant<T>(name: string, make: () => T): T {
    return this.#kept.constant(`${this.#bars} ${name}`, make);
  }

  within(sub: number, timeframe: string, heikinashi: boolean): ColumnShare {
    const bars = `${this.#bars}/${timeframe}${heikinashi ? " heikinashi" : ""}`;
    return new ScriptColumns(this.#kept, this.#varying, `${this.#path}.${sub}`, bars);
  }

  /** By step, a number for what it computes in this run. */
  #contents(unit: Unit, { P, T }: Environment, { inputs }: UnitRun): number[] {
    const kept = this.#kept;
    const bars = this.#bars;
    const place = `${bars} ${this.#path}`;
    const names: string[] = [...FIELD_COLUMNS];
    return unit.steps.map((step, at) => {
      const read = () => readsOf(step).map((column) => names[column]!);
      const numbers = (places: readonly number[]) => places.map((each) => shown(P[each]!));
      const content = () => {
        switch (step.kind) {
          case "indicator":
            return `${bars} ${step.name}(${read()};${numbers(step.params)})`;
          case "map": {
            const own = unit.dependencies!.steps[at]!;
            const texts = own.texts.map((each) => T[each]!);
            return `${place} map ${at}(${read()};${numbers(own.numbers)};${JSON.stringify(texts)})`;
          }
          case "source":
            return `${bars} source ${inputs.texts[step.input]!}`;
          case "security": {
            const own = unit.subs[step.sub]!.unit.dependencies!.inputs;
            const values = own.map((input) => shown(inputs.numbers[input]!));
            const texts = [T[step.timeframe]!, ...own.map((input) => inputs.texts[input]!)];
            return `${place} security ${step.sub}(${values};${JSON.stringify(texts)})`;
          }
        }
      };
      const number = kept.number(content());
      const field = step.kind === "source" ? inputs.texts[step.input]! : "";
      outputsOf(step).forEach((output, k) => {
        names[output] = isField(field) ? field : `%${number}.${k}`;
      });
      return number;
    });
  }

  /** By step, how many of the varying inputs it depends on. */
  #ranks(unit: Unit): number[] {
    let inputs = this.#inputs.get(unit);
    if (inputs === undefined) {
      inputs = inputsOfSteps(unit);
      this.#inputs.set(unit, inputs);
    }
    return inputs.map((own) => own.filter((input) => this.#varying.has(input)).length);
  }
}

/** By step, the inputs that its columns depend on. */
export function inputsOfSteps(unit: Unit): readonly (readonly number[])[] {
  const { steps, subs } = unit;
  const { numbers, texts, steps: loops } = unit.dependencies!;
  const ofColumn: (readonly number[])[] = [];
  const ofPlaces = (places: readonly number[], table: readonly (readonly number[])[]) =>
    places.flatMap((place) => table[place] ?? []);
  return steps.map((step, at) => {
    const own = new Set(readsOf(step).flatMap((column) => ofColumn[column] ?? []));
    const add = (inputs: readonly number[]) => {
      for (const input of inputs) own.add(input);
    };
    if (step.kind === "indicator") add(ofPlaces(step.params, numbers));
    else if (step.kind === "map") {
      add(ofPlaces(loops[at]!.numbers, numbers));
      add(ofPlaces(loops[at]!.texts, texts));
    } else if (step.kind === "source") add([step.input]);
    else {
      add(ofPlaces([step.timeframe], texts));
      add(subs[step.sub]!.unit.dependencies!.inputs);
    }
    for (const output of outputsOf(step)) ofColumn[output] = [...own];
    return [...own];
  });
}

export function outputsOf(step: ColumnStep): readonly number[] {
  return step.kind === "indicator" ? step.outputs : [step.output];
}

export function readsOf(step: ColumnStep): readonly number[] {
  if (step.kind === "indicator") return step.sources;
  return step.kind === "map" ? step.reads : [];
}

function isField(source: string): boolean {
  return (FIELD_COLUMNS as readonly string[]).includes(source);
}

/** -0 and 0 are two numbers. */
function shown(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
