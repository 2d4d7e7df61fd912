import type { StreamMemory } from "./stream-memory.ts";

/**
 * The last `period` values in a row, for what has to look at all of them. Each stands twice in a ring of twice the
 * period. A write is over the value that has just left, so plain writes do.
 */
export class RecentStream {
  readonly #memory: StreamMemory;
  readonly #period: number;
  readonly #taken: number;
  readonly #next: number;
  readonly #ring: number;

  constructor(memory: StreamMemory, period: number) {
    this.#memory = memory;
    this.#period = period;
    this.#taken = memory.register(2);
    this.#next = this.#taken + 1;
    this.#ring = memory.take(2 * period);
  }

  /** Takes a value; the cell of the oldest of the last `period` of them, the newest being last, or -1 while there are fewer. */
  push(value: number): number {
    const { registers, cells } = this.#memory;
    const period = this.#period;
    const slot = registers[this.#next];
    cells[this.#ring + slot] = value;
    cells[this.#ring + slot + period] = value;
    registers[this.#next] = slot + 1 === period ? 0 : slot + 1;
    const taken = Math.min(period, registers[this.#taken] + 1);
    registers[this.#taken] = taken;
    return taken === period ? this.#ring + slot + 1 : -1;
  }
}
