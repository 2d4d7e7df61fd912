import { type CorrelationForm, correlationOf, SUMS } from "./correlation.ts";
import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const PIVOT_X = 1;
const PIVOT_Y = 2;
const FULL = 3;
/** The sums over the block's values so far. */
const HEAD = 4;
const REGISTERS = HEAD + SUMS;

/** `rollingCorrelation` pair by pair, with its bits. */
export class CorrelationStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #form: CorrelationForm;
  readonly #at: number;
  readonly #block: number;
  readonly #tails: number;

  constructor(memory: StreamMemory, period: number, form: CorrelationForm) {
    this.#memory = memory;
    this.#period = period;
    this.#form = form;
    this.#at = memory.register(REGISTERS);
    this.#block = memory.take(2 * period);
    this.#tails = memory.take(SUMS * period);
  }

  /** Takes a pair without na; the correlation of the last `period` of them, NaN while there are fewer. */
  push(x: number, y: number): number {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    const taken = registers[at + TAKEN] + 1;
    cells[this.#block + 2 * (taken - 1)] = x;
    cells[this.#block + 2 * (taken - 1) + 1] = y;
    if (taken === this.#period) {
      this.#sumTails(x, y);
      registers[at + TAKEN] = 0;
      registers[at + PIVOT_X] = x;
      registers[at + PIVOT_Y] = y;
      registers[at + FULL] = 1;
      registers.fill(0, at + HEAD, at + REGISTERS);
      return this.#join(0);
    }
    registers[at + TAKEN] = taken;
    if (registers[at + FULL] === 0) return Number.NaN;
    const dx = x - registers[at + PIVOT_X];
    const dy = y - registers[at + PIVOT_Y];
    const head = at + HEAD;
    registers[head] += dx;
    registers[head + 1] += dy;
    registers[head + 2] += dx * dx;
    registers[head + 3] += dy * dy;
    registers[head + 4] += dx * dy;
    return this.#join(taken);
  }

  #join(left: number): number {
    const { registers, cells } = this.#memory;
    const head = this.#at + HEAD;
    const tail = this.#tails + SUMS * left;
    return correlationOf(
      this.#period,
      registers[head] + cells[tail],
      registers[head + 1] + cells[tail + 1],
      registers[head + 2] + cells[tail + 2],
      registers[head + 3] + cells[tail + 3],
      registers[head + 4] + cells[tail + 4],
      this.#form.floor,
      this.#form.flat,
    );
  }

  #sumTails(pivotX: number, pivotY: number): void {
    const { cells } = this.#memory;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let syy = 0;
    let sxy = 0;
    for (let left = this.#period - 1; left >= 0; left--) {
      const dx = cells[this.#block + 2 * left] - pivotX;
      const dy = cells[this.#block + 2 * left + 1] - pivotY;
      const tail = this.#tails + SUMS * left;
      sx += dx;
      sy += dy;
      sxx += dx * dx;
      syy += dy * dy;
      sxy += dx * dy;
      cells[tail] = sx;
      cells[tail + 1] = sy;
      cells[tail + 2] = sxx;
      cells[tail + 3] = syy;
      cells[tail + 4] = sxy;
    }
  }
}
