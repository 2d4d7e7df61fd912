import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const TOP = 1;
/** Whether a block is complete whose tails were not searched yet. */
const PENDING = 2;
const FULL = 3;
const REGISTERS = 4;

/** `rollingExtreme` value by value: of equal values the latest counts, which only tells 0 from -0. */
export class ExtremeStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #sign: 1 | -1;
  readonly #at: number;
  readonly #block: number;
  readonly #tails: number;

  constructor(memory: StreamMemory, period: number, sign: 1 | -1) {
    this.#memory = memory;
    this.#period = period;
    this.#sign = sign;
    this.#at = memory.take(REGISTERS);
    this.#block = memory.take(period);
    this.#tails = memory.take(period + 1, Number.NEGATIVE_INFINITY);
    memory.values[this.#at + TOP] = Number.NEGATIVE_INFINITY;
  }

  /** Takes a value that is not na; the extreme of the last `period` of them, NaN while there are fewer. */
  push(value: number): number {
    const memory = this.#memory;
    const m = memory.values;
    const at = this.#at;
    if (m[at + PENDING] === 1) this.#topTails();
    const signed = this.#sign * value;
    const taken = m[at + TAKEN] + 1;
    m[this.#block + taken - 1] = signed;
    const before = m[at + TOP];
    const top = later(before, signed);
    const tail = m[this.#tails + taken];
    const over = taken === this.#period;
    const full = over || m[at + FULL] === 1;
    if (over) {
      memory.set(at + PENDING, 1);
      memory.set(at + FULL, 1);
    }
    memory.set(at + TAKEN, over ? 0 : taken);
    memory.set(at + TOP, over ? Number.NEGATIVE_INFINITY : top);
    return full ? this.#sign * later(tail, top) : Number.NaN;
  }

  /** It follows from earlier bars, so plain writes do: a replaced bar does not search again. */
  #topTails(): void {
    const m = this.#memory.values;
    let top = Number.NEGATIVE_INFINITY;
    for (let left = this.#period - 1; left > 0; left--) {
      const value = m[this.#block + left];
      if (value > top) top = value;
      m[this.#tails + left] = top;
    }
    m[this.#at + PENDING] = 0;
  }
}

/** The larger one, `b` if they are equal: Math.max would always take 0 before -0. */
function later(a: number, b: number): number {
  if (b >= a) return b;
  return a;
}
