import type { DeviationForm } from "./deviation.ts";
import { isNa } from "./na.ts";
import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const SQUARE = 2;
const PIVOT = 3;
const FULL = 4;
const REGISTERS = 5;

/**
 * `rollingDeviation` value by value, with its bits. The last value of a block is the next pivot, so the block's tails
 * are summed with it, on its bar; until then the older tails have been read for the last time.
 */
export class DeviationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #divisor: number;
  readonly #floor: number;
  readonly #below: number;
  readonly #rooted: boolean;
  readonly #at: number;
  readonly #block: number;
  readonly #sums: number;
  readonly #squares: number;

  constructor(memory: StreamMemory, period: number, form: DeviationForm) {
    this.#memory = memory;
    this.#period = period;
    this.#divisor = form.divisor(period);
    this.#floor = form.floor * period * period;
    this.#below = form.below;
    this.#rooted = form.rooted;
    this.#at = memory.register(REGISTERS);
    this.#block = memory.take(period);
    this.#sums = memory.take(period);
    this.#squares = memory.take(period);
  }

  /** Takes a value that is not na; the deviation of the last `period` of them, NaN while there are fewer. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    const taken = registers[at + TAKEN] + 1;
    cells[this.#block + taken - 1] = value;
    if (taken === this.#period) {
      this.#sumTails(value);
      registers[at + TAKEN] = 0;
      registers[at + SUM] = 0;
      registers[at + SQUARE] = 0;
      registers[at + PIVOT] = value;
      registers[at + FULL] = 1;
      return this.#finish(cells[this.#sums], cells[this.#squares]);
    }
    registers[at + TAKEN] = taken;
    if (registers[at + FULL] === 0) return Number.NaN;
    const d = value - registers[at + PIVOT];
    const sum = registers[at + SUM] + d;
    const square = registers[at + SQUARE] + d * d;
    registers[at + SUM] = sum;
    registers[at + SQUARE] = square;
    return this.#finish(sum + cells[this.#sums + taken], square + cells[this.#squares + taken]);
  }

  #finish(sum: number, square: number): number {
    const v = this.#period * square - sum * sum;
    const variance = (v >= this.#floor ? v : Math.abs(v) * this.#below) / this.#divisor;
    const result = this.#rooted ? Math.sqrt(variance) : variance;
    return isNa(result) ? Number.NaN : result;
  }

  #sumTails(pivot: number): void {
    const { cells } = this.#memory;
    let sum = 0;
    let square = 0;
    for (let left = this.#period - 1; left >= 0; left--) {
      const d = cells[this.#block + left] - pivot;
      sum += d;
      square += d * d;
      cells[this.#sums + left] = sum;
      cells[this.#squares + left] = square;
    }
  }
}
