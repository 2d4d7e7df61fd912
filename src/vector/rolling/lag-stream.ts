import type { StreamMemory } from "./stream-memory.ts";

/** Values of `bars` bars ago, na before the first. The ring has a slot to spare, so plain writes do. */
export class LagStream {
  readonly #memory: StreamMemory;
  readonly #slots: number;
  readonly #next: number;
  readonly #ring: number;

  constructor(memory: StreamMemory, bars: number) {
    this.#memory = memory;
    this.#slots = bars + 1;
    this.#next = memory.register(1);
    this.#ring = memory.take(this.#slots, Number.NaN);
  }

  /** Takes a value, na or not, and gives the one `bars` before it. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const slot = registers[this.#next];
    const next = slot + 1 === this.#slots ? 0 : slot + 1;
    cells[this.#ring + slot] = value;
    registers[this.#next] = next;
    return cells[this.#ring + next];
  }
}
