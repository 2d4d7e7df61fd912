import type { StreamMemory } from "../../vector/rolling/index.ts";

const HEAD = 0;
const SIZE = 1;
const REGISTERS = 2;

/**
 * The values that are, or may become, the highest of a window, each with its bar and its rank in time, which says when
 * it leaves: a monotonic queue in a ring. A bar writes one place of it, so taking the bar back is cheap.
 */
export class ExtremeQueue {
  readonly #memory: StreamMemory;
  readonly #room: number;
  readonly #equals: "keep" | "drop";
  readonly #at: number;
  readonly #values: number;
  readonly #bars: number;
  readonly #ranks: number;

  /** Of equal values, the older ones stay or go. */
  constructor(memory: StreamMemory, window: number, equals: "keep" | "drop") {
    this.#memory = memory;
    this.#room = window + 1;
    this.#equals = equals;
    this.#at = memory.register(REGISTERS);
    this.#values = memory.take(this.#room);
    this.#bars = memory.take(this.#room);
    this.#ranks = memory.take(this.#room);
  }

  /** Lets the oldest value go if its rank is `rank` or below. Call it for each rank in turn. */
  expire(rank: number): void {
    const { registers, cells } = this.#memory;
    const at = this.#at;
    const head = registers[at + HEAD];
    if (registers[at + SIZE] === 0 || cells[this.#ranks + head] > rank) return;
    registers[at + HEAD] = head + 1 === this.#room ? 0 : head + 1;
    registers[at + SIZE]--;
  }

  push(value: number, bar: number, rank: number): void {
    const memory = this.#memory;
    const size = this.#above(value);
    const place = this.#place(size);
    memory.set(this.#values + place, value);
    memory.set(this.#bars + place, bar);
    memory.set(this.#ranks + place, rank);
    memory.registers[this.#at + SIZE] = size + 1;
  }

  /** Highest value; there must be one. */
  get value(): number {
    const { registers, cells } = this.#memory;
    return cells[this.#values + registers[this.#at + HEAD]];
  }

  get bar(): number {
    const { registers, cells } = this.#memory;
    return cells[this.#bars + registers[this.#at + HEAD]];
  }

  /** How many values stand before `value`. A search, for a bar that is replaced again and again drops them each time. */
  #above(value: number): number {
    const { registers, cells } = this.#memory;
    const keep = this.#equals === "keep";
    let low = 0;
    let high = registers[this.#at + SIZE];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = cells[this.#values + this.#place(middle)];
      if (other > value || (keep && other === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #place(k: number): number {
    const place = this.#memory.registers[this.#at + HEAD] + k;
    return place >= this.#room ? place - this.#room : place;
  }
}
