import {
  isNa,
  MeanStream,
  type StreamMemory,
  type StreamStep,
} from "../../vector/rolling/index.ts";
import { strength } from "../rsi-wilder.ts";
import { blend } from "./weighted-mean.ts";

/** `weightedRsi` bar by bar, with its bits. */
export function weightedRsiStep(memory: StreamMemory, period: number): StreamStep {
  const last = memory.take(1, Number.NaN);
  const started = memory.take(1);
  const up = memory.take(1);
  const down = memory.take(1);
  const weight = memory.take(1, 1);
  const alpha = 1 / period;
  return (inputs) => {
    const m = memory.values;
    const change = inputs[0] - m[last];
    memory.set(last, inputs[0]);
    if (isNa(change)) {
      if (m[started] === 1) memory.set(weight, m[weight] * (1 - alpha));
      return;
    }
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    const fall = 0.5 * (size - change);
    const decayed = m[weight] * (1 - alpha);
    const first = m[started] === 0;
    memory.set(started, 1);
    memory.set(weight, 1);
    memory.set(up, first ? rise : blend(m[up], decayed, rise, alpha));
    memory.set(down, first ? fall : blend(m[down], decayed, fall, alpha));
    memory.set(0, strength(m[up], m[down], Number.NaN));
  };
}

/** `cutlerRsi` bar by bar, with its bits. */
export function cutlerRsiStep(memory: StreamMemory, period: number): StreamStep {
  const last = memory.take(1, Number.NaN);
  const rises = new CompleteMean(memory, period);
  const falls = new CompleteMean(memory, period);
  return (inputs) => {
    const change = inputs[0] - memory.values[last];
    memory.set(last, inputs[0]);
    const size = Math.abs(change);
    const up = rises.push(0.5 * (size + change));
    const down = falls.push(0.5 * (size - change));
    memory.set(0, isNa(down) ? Number.NaN : strength(up, down, Number.NaN));
  };
}

/** Mean of the last `period` values, na where one of them is. */
class CompleteMean {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #mean: MeanStream;
  readonly #run: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#mean = new MeanStream(memory, period);
    this.#run = memory.take(1);
  }

  push(value: number): number {
    if (isNa(value)) {
      this.#memory.set(this.#run, 0);
      return Number.NaN;
    }
    const mean = this.#mean.push(value);
    const run = Math.min(this.#period, this.#memory.values[this.#run] + 1);
    this.#memory.set(this.#run, run);
    return run === this.#period ? mean : Number.NaN;
  }
}
