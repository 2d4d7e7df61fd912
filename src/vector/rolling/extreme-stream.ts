import type { StreamMemory } from "./stream-memory.ts";

const TAKEN = 0;
const TOP = 1;
/** Complete blocks. */
const BLOCKS = 2;
const REGISTERS = 3;

/** `rollingExtreme` value by value: of equal values the latest counts, which only tells 0 from -0. */
export class ExtremeStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #sign: 1 | -1;
  readonly #at: number;
  readonly #block: number;
  readonly #tails: number;
  /** A cell: how many blocks there were when tails were searched last. */
  readonly #searched: number;

  constructor(memory: StreamMemory, period: number, sign: 1 | -1) {
    this.#memory = memory;
    this.#period = period;
    this.#sign = sign;
    this.#at = memory.register(REGISTERS);
    this.#block = memory.take(period);
    this.#tails = memory.take(period + 1, Number.NEGATIVE_INFINITY);
    this.#searched = memory.take(1);
    memory.registers[this.#at + TOP] = Number.NEGATIVE_INFINITY;
  }

  /** Takes a value that is not na; the extreme of the last `period` of them, NaN while there are fewer. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    if (cells[this.#searched] !== registers[at + BLOCKS]) this.#topTails();
    const signed = this.#sign * value;
    const taken = registers[at + TAKEN] + 1;
    cells[this.#block + taken - 1] = signed;
    const top = later(registers[at + TOP], signed);
    const full = registers[at + BLOCKS] > 0 || taken === this.#period;
    if (taken === this.#period) {
      registers[at + BLOCKS]++;
      registers[at + TAKEN] = 0;
      registers[at + TOP] = Number.NEGATIVE_INFINITY;
    } else {
      registers[at + TAKEN] = taken;
      registers[at + TOP] = top;
    }
    return full ? this.#sign * later(cells[this.#tails + taken], top) : Number.NaN;
  }

  /** It follows from earlier bars, so plain writes do: a replaced bar does not search again. */
  #topTails(): void {
    const { registers, cells } = this.#memory;
    let top = Number.NEGATIVE_INFINITY;
    for (let left = this.#period - 1; left > 0; left--) {
      const value = cells[this.#block + left];
      if (value > top) top = value;
      cells[this.#tails + left] = top;
    }
    cells[this.#searched] = registers[this.#at + BLOCKS];
  }
}

/** The larger one, `b` if they are equal: Math.max would always take 0 before -0. */
function later(a: number, b: number): number {
  if (b >= a) return b;
  return a;
}
