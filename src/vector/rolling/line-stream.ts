import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const SUM = 1;
const MOMENT = 2;
const PIVOT = 3;
const FULL = 4;
const REGISTERS = 5;

/**
 * `rollingLine` value by value, with its bits: pivot + a·Σd + b·Σj·d over the last `period` values. The tails are summed
 * on the last bar of their block, as in `DeviationStream`.
 */
export class LineStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #a: number;
  readonly #b: number;
  readonly #at: number;
  readonly #block: number;
  readonly #sums: number;
  readonly #moments: number;

  constructor(memory: StreamMemory, period: number, a: number, b: number) {
    this.#memory = memory;
    this.#period = period;
    this.#a = a;
    this.#b = b;
    this.#at = memory.register(REGISTERS);
    this.#block = memory.take(period);
    this.#sums = memory.take(period);
    this.#moments = memory.take(period);
  }

  /** Takes a value that is not na; na while there are fewer than `period`. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    const period = this.#period;
    const left = registers[at + TAKEN] + 1;
    cells[this.#block + left - 1] = value;
    if (left === period) {
      this.#sumTails(value);
      registers[at + TAKEN] = 0;
      registers[at + SUM] = 0;
      registers[at + MOMENT] = 0;
      registers[at + PIVOT] = value;
      registers[at + FULL] = 1;
      return value + (this.#a * cells[this.#sums] + this.#b * cells[this.#moments]);
    }
    registers[at + TAKEN] = left;
    if (registers[at + FULL] === 0) return Number.NaN;
    const pivot = registers[at + PIVOT];
    const d = value - pivot;
    const sum = registers[at + SUM] + d;
    const moment = registers[at + MOMENT] + (left - 1) * d;
    registers[at + SUM] = sum;
    registers[at + MOMENT] = moment;
    const wholeMoment = cells[this.#moments + left] + (moment + (period - left) * sum);
    return pivot + (this.#a * (sum + cells[this.#sums + left]) + this.#b * wholeMoment);
  }

  #sumTails(pivot: number): void {
    const { cells } = this.#memory;
    let sum = 0;
    let moment = 0;
    for (let left = this.#period - 1; left >= 0; left--) {
      moment += sum;
      sum += cells[this.#block + left] - pivot;
      cells[this.#sums + left] = sum;
      cells[this.#moments + left] = moment;
    }
  }
}
