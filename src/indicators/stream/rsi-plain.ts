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
  const last = memory.register(1, Number.NaN);
  const started = memory.register(1);
  const up = memory.register(1);
  const down = memory.register(1);
  const weight = memory.register(1, 1);
  const alpha = 1 / period;
  return (inputs) => {
    const { registers } = memory;
    const change = inputs[0] - registers[last];
    registers[last] = inputs[0];
    if (isNa(change)) {
      if (registers[started] === 1) registers[weight] *= 1 - alpha;
      return;
    }
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    const fall = 0.5 * (size - change);
    const decayed = registers[weight] * (1 - alpha);
    const first = registers[started] === 0;
    registers[started] = 1;
    registers[weight] = 1;
    registers[up] = first ? rise : blend(registers[up], decayed, rise, alpha);
    registers[down] = first ? fall : blend(registers[down], decayed, fall, alpha);
    registers[0] = strength(registers[up], registers[down], Number.NaN);
  };
}

/** `cutlerRsi` bar by bar, with its bits. */
export function cutlerRsiStep(memory: StreamMemory, period: number): StreamStep {
  const last = memory.register(1, Number.NaN);
  const rises = new CompleteMean(memory, period);
  const falls = new CompleteMean(memory, period);
  return (inputs) => {
    const { registers } = memory;
    const change = inputs[0] - registers[last];
    registers[last] = inputs[0];
    const size = Math.abs(change);
    const up = rises.push(0.5 * (size + change));
    const down = falls.push(0.5 * (size - change));
    registers[0] = isNa(down) ? Number.NaN : strength(up, down, Number.NaN);
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
    this.#run = memory.register(1);
  }

  push(value: number): number {
    if (isNa(value)) {
      this.#memory.registers[this.#run] = 0;
      return Number.NaN;
    }
    const mean = this.#mean.push(value);
    const run = Math.min(this.#period, this.#memory.registers[this.#run] + 1);
    this.#memory.registers[this.#run] = run;
    return run === this.#period ? mean : Number.NaN;
  }
}
