import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const ERROR = 2;
/** Complete blocks. */
const BLOCKS = 3;
const REGISTERS = 4;

/**
 * `rollingMean` value by value, with its bits: block sums with TwoSum, the tails of a block summed once it is over. With
 * the divisor 1 it is `rollingSum`.
 */
export class MeanStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #divisor: number;
  readonly #at: number;
  readonly #block: number;
  readonly #tails: number;
  readonly #errors: number;
  /** A cell: how many blocks there were when tails were summed last. */
  readonly #summed: number;

  constructor(memory: StreamMemory, period: number, divisor = period) {
    this.#memory = memory;
    this.#period = period;
    this.#divisor = divisor;
    this.#at = memory.register(REGISTERS);
    this.#block = memory.take(period);
    this.#tails = memory.take(period + 1);
    this.#errors = memory.take(period + 1);
    this.#summed = memory.take(1);
  }

  /** Takes a value that is not na; the mean of the last `period` of them, NaN while there are fewer. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    const period = this.#period;
    if (cells[this.#summed] !== registers[at + BLOCKS]) this.#sumTails();
    const taken = registers[at + TAKEN] + 1;
    cells[this.#block + taken - 1] = value;
    const before = registers[at + SUM];
    const sum = before + value;
    const part = sum - before;
    const error = registers[at + ERROR] + (before - (sum - part) + (value - part));
    const full = registers[at + BLOCKS] > 0 || taken === period;
    if (taken === period) {
      registers[at + BLOCKS]++;
      registers[at + TAKEN] = 0;
      registers[at + SUM] = 0;
      registers[at + ERROR] = 0;
    } else {
      registers[at + TAKEN] = taken;
      registers[at + SUM] = sum;
      registers[at + ERROR] = error;
    }
    if (!full) return Number.NaN;
    const rest = cells[this.#tails + taken];
    const whole = sum + rest;
    const added = whole - sum;
    const lost = sum - (whole - added) + (rest - added) + error + cells[this.#errors + taken];
    return (whole + lost) / this.#divisor;
  }

  /** It follows from earlier bars, so plain writes do: a replaced bar does not sum again. */
  #sumTails(): void {
    const { registers, cells } = this.#memory;
    let sum = 0;
    let error = 0;
    for (let left = this.#period - 1; left > 0; left--) {
      const value = cells[this.#block + left];
      const next = sum + value;
      const part = next - sum;
      error += sum - (next - part) + (value - part);
      sum = next;
      cells[this.#tails + left] = sum;
      cells[this.#errors + left] = error;
    }
    cells[this.#summed] = registers[this.#at + BLOCKS];
  }
}
