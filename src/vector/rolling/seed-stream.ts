import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const ERROR = 2;
const REGISTERS = 3;

/** `meanSeed` value by value: the compensated mean of the first `period` values. */
export class SeedStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #at: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#at = memory.register(REGISTERS);
  }

  get taken(): number {
    return this.#memory.registers[this.#at + TAKEN];
  }

  /** Takes one of the first `period` values; their mean with the last of them, NaN before. */
  push(value: number): number {
    const { registers } = this.#memory;
    const at = this.#at;
    const taken = registers[at + TAKEN] + 1;
    const before = registers[at + SUM];
    const sum = before + value;
    const part = sum - before;
    const error = registers[at + ERROR] + (before - (sum - part) + (value - part));
    registers[at + TAKEN] = taken;
    registers[at + SUM] = sum;
    registers[at + ERROR] = error;
    return taken === this.#period ? (sum + error) / this.#period : Number.NaN;
  }
}
