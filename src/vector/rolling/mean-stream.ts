import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const ERROR = 2;
/** Whether a block is complete whose tails were not summed yet. */
const PENDING = 3;
const FULL = 4;
const REGISTERS = 5;

/** `rollingMean` value by value, with its bits: block sums with TwoSum, the tails of a block summed once it is over. */
export class MeanStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #at: number;
  readonly #block: number;
  readonly #tails: number;
  readonly #errors: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#at = memory.take(REGISTERS);
    this.#block = memory.take(period);
    this.#tails = memory.take(period + 1);
    this.#errors = memory.take(period + 1);
  }

  /** Takes a value that is not na; the mean of the last `period` of them, NaN while there are fewer. */
  push(value: number): number {
    const memory = this.#memory;
    const m = memory.values;
    const at = this.#at;
    const period = this.#period;
    if (m[at + PENDING] === 1) this.#sumTails();
    const taken = m[at + TAKEN] + 1;
    m[this.#block + taken - 1] = value;
    const before = m[at + SUM];
    let next = before + value;
    let part = next - before;
    const error = m[at + ERROR] + (before - (next - part) + (value - part));
    const sum = next;
    const rest = m[this.#tails + taken];
    next = sum + rest;
    part = next - sum;
    const over = taken === period;
    const full = over || m[at + FULL] === 1;
    if (over) {
      memory.set(at + PENDING, 1);
      memory.set(at + FULL, 1);
    }
    memory.set(at + TAKEN, over ? 0 : taken);
    memory.set(at + SUM, over ? 0 : sum);
    memory.set(at + ERROR, over ? 0 : error);
    if (!full) return Number.NaN;
    return (
      (next + (sum - (next - part) + (rest - part) + error + m[this.#errors + taken])) / period
    );
  }

  /** It follows from earlier bars, so plain writes do: a replaced bar does not sum again. */
  #sumTails(): void {
    const m = this.#memory.values;
    let sum = 0;
    let error = 0;
    for (let left = this.#period - 1; left > 0; left--) {
      const value = m[this.#block + left];
      const next = sum + value;
      const part = next - sum;
      error += sum - (next - part) + (value - part);
      sum = next;
      m[this.#tails + left] = sum;
      m[this.#errors + left] = error;
    }
    m[this.#at + PENDING] = 0;
  }
}
