import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const ERROR = 2;
const CELLS = 3;

/**
 * `meanSeed` value by value: the compensated mean of the first `period` values. In cells, for registers cost on every
 * bar, and this is over after the first ones.
 */
export class SeedStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #at: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#at = memory.take(CELLS);
  }

  get taken(): number {
    return this.#memory.cells[this.#at + TAKEN];
  }

  /** Takes one of the first `period` values; their mean with the last of them, NaN before. */
  push(value: number): number {
    const memory = this.#memory;
    const { cells } = memory;
    const at = this.#at;
    const taken = cells[at + TAKEN] + 1;
    const before = cells[at + SUM];
    const sum = before + value;
    const part = sum - before;
    const error = cells[at + ERROR] + (before - (sum - part) + (value - part));
    memory.set(at + TAKEN, taken);
    memory.set(at + SUM, sum);
    memory.set(at + ERROR, error);
    return taken === this.#period ? (sum + error) / this.#period : Number.NaN;
  }
}
