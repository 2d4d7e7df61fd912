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
    const { registers } = this.#memory;
    const record = this.#record;
    if (record === undefined) return registers[0] as Output;
    const { outputs } = this.#identity;
    for (let k = 0; k < outputs.length; k++) record[outputs[k]] = registers[k];
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

  #read(input: Input): void {
    const { sources } = this.#identity;
    if (sources.length === 1) {
      this.#inputs[0] = typeof input === "number" ? input : this.#missing(input);
      return;
    }
    const bar = (input ?? {}) as Record<string, unknown>;
    for (let k = 0; k < sources.length; k++) {
      const value = bar[sources[k]];
      this.#inputs[k] = typeof value === "number" ? value : this.#missing(value);
    }
  }

  #missing(value: unknown): number {
    if (value === null || value === undefined) return Number.NaN;
    const { name } = this.#identity;
    return refuse("indicator_source_value", { indicator: name, index: this.#bars, value });
  }
}
