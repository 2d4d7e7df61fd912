import { streamDiagnostics } from "../../diagnostics/catalogue/streams.ts";
import type { Dialect } from "../../vector/kernel.ts";
import { type StreamForm, StreamMemory, type StreamStep } from "../../vector/rolling/index.ts";
import { refuse, refuseBy } from "../refuse.ts";
import { decodeSnapshot, encodeMemory, type StreamSnapshot } from "./snapshot.ts";

/** What a stream is of: names as in the indicator's definition. */
export interface StreamIdentity {
  readonly name: string;
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  readonly params: readonly number[];
  readonly dialect: Dialect;
}

/** A bar's value of one source; null and undefined are na, as NaN and ±Infinity are. */
export type BarValue = number | null | undefined;

/**
 * An indicator bar by bar, with the bits of its batch form. `Input` is a number, or a record by source where there
 * are several (`{ high, low, close }`); `Output` a number, or a record by output. Nothing is allocated per bar: the
 * record is the same object each time, so copy it to keep it.
 */
export class IndicatorStream<Input, Output> {
  readonly #identity: StreamIdentity;
  readonly #memory = new StreamMemory();
  readonly #inputs: Float64Array;
  readonly #step: StreamStep;
  readonly #record: Record<string, number> | undefined;
  #bars = 0;

  constructor(identity: StreamIdentity, form: StreamForm) {
    const { sources, outputs, params } = identity;
    this.#identity = identity;
    this.#inputs = new Float64Array(sources.length);
    this.#memory.register(outputs.length, Number.NaN);
    this.#step = form(this.#memory, params);
    this.#memory.seal();
    if (outputs.length > 1) {
      this.#record = Object.fromEntries(outputs.map((output) => [output, Number.NaN]));
    }
  }

  /** Bars taken. */
  get bars(): number {
    return this.#bars;
  }

  /** Takes the next bar; NaN during warm-up. */
  update(input: Input): Output {
    this.#read(input);
    this.#memory.keep();
    this.#bars++;
    this.#step(this.#inputs);
    return this.value;
  }

  /** Gives the last bar, which is still open, another value: as if the last `update` had been with it. */
  replace(input: Input): Output {
    if (this.#bars === 0)
      refuseBy("indicator_replace", streamDiagnostics.indicator_replace, {
        indicator: this.#identity.name,
      });
    this.#read(input);
    this.#memory.rollBack();
    this.#step(this.#inputs);
    return this.value;
  }

  /** Of the last bar; NaN before the first. */
  get value(): Output {
    const record = this.#record;
    if (record === undefined) return this.#memory.registers[0] as Output;
    this.#fill(record);
    return record as Output;
  }

  /** Everything that the stream remembers, the open bar included, as plain data that JSON can hold. */
  snapshot(): StreamSnapshot {
    const { name, params, dialect } = this.#identity;
    return {
      indicator: name,
      dialect,
      params: [...params],
      bars: this.#bars,
      memory: encodeMemory(this.#memory.save()),
    };
  }

  /** Goes on from a snapshot of a stream of the same indicator, dialect and parameters. */
  restore(snapshot: StreamSnapshot): void {
    const { bars, memory } = decodeSnapshot(snapshot, this.#identity, this.#memory.save());
    this.#memory.load(memory);
    this.#bars = bars;
  }

  // Short, so that V8 takes it into `update`, as it does with `value`.
  #read(input: Input): void {
    if (this.#inputs.length > 1) this.#readRecord(input);
    else this.#inputs[0] = typeof input === "number" ? input : this.#other(input, 0);
  }

  #readRecord(input: Input): void {
    const { sources } = this.#identity;
    const bar = (input ?? {}) as Record<string, unknown>;
    for (let k = 0; k < sources.length; k++) {
      const value = bar[sources[k]];
      this.#inputs[k] = typeof value === "number" ? value : this.#other(value, k);
    }
  }

  #fill(record: Record<string, number>): void {
    const { registers } = this.#memory;
    const { outputs } = this.#identity;
    for (let k = 0; k < outputs.length; k++) record[outputs[k]] = registers[k];
  }

  /** What stands for a number: nothing for na, and a boolean where the source is a condition. */
  #other(value: unknown, source: number): number {
    if (value === null || value === undefined) return Number.NaN;
    const { name, sources } = this.#identity;
    if (typeof value === "boolean" && sources[source] === "condition") return Number(value);
    return refuse("indicator_source_value", { indicator: name, index: this.#bars, value });
  }
}
