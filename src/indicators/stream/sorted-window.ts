import type { StreamMemory } from "../../vector/rolling/index.ts";
import { exchange, lowerBound, upperBound } from "../sorted-window.ts";

/**
 * A window in order, for streams. It holds the `size` values before the newest one, which is compared with them from
 * outside: values of earlier bars enter on the bar after theirs, with plain writes, and a bar that is replaced moves
 * nothing.
 */
export class SortedWindowStream {
  readonly size: number;
  readonly #memory: StreamMemory;
  /** A register: values taken. */
  readonly #taken: number;
  readonly #ring: number;
  readonly #sorted: number;
  /** A cell: how many values have entered `sorted`. */
  readonly #entered: number;

  constructor(memory: StreamMemory, size: number) {
    this.size = size;
    this.#memory = memory;
    this.#taken = memory.register(1);
    this.#ring = memory.take(size + 2);
    this.#sorted = memory.take(size, Number.POSITIVE_INFINITY);
    this.#entered = memory.take(1);
  }

  /** Takes a value that is not na; whether there are `size` values before it. */
  push(value: number): boolean {
    const { registers, cells } = this.#memory;
    const before = registers[this.#taken];
    if (cells[this.#entered] < before) this.#enter(before);
    registers[this.#taken] = before + 1;
    // -0 becomes 0, as in `rollingOrder`.
    cells[this.#slot(0)] = value + 0;
    return before >= this.size;
  }

  get taken(): number {
    return this.#memory.registers[this.#taken];
  }

  /** The value so many values before the newest one, up to `size`. */
  recent(ago: number): number {
    return this.#memory.cells[this.#slot(ago)];
  }

  get newest(): number {
    return this.recent(0);
  }

  /** The value that the newest one pushed out of the window. */
  get left(): number {
    return this.recent(this.size + 1);
  }

  /** The cell of the smallest value before the newest one. */
  get first(): number {
    return this.#sorted;
  }

  /** The cell behind the largest one. */
  get end(): number {
    return this.#sorted + this.size;
  }

  /** The cell of the first value before the newest one that is not below `value`, or the end. */
  edge(value: number): number {
    return lowerBound(this.#memory.cells, this.#sorted, this.size, value);
  }

  /** The k-th of all values, the newest included, from 0 on. */
  at(k: number): number {
    const { cells } = this.#memory;
    const newest = this.newest;
    const place = this.#sorted + k;
    if (k > 0 && newest < cells[place - 1]) return cells[place - 1];
    return k < this.size && newest > cells[place] ? cells[place] : newest;
  }

  /** How many values before the newest are not above it. */
  get notAbove(): number {
    return upperBound(this.#memory.cells, this.#sorted, this.size, this.newest) - this.#sorted;
  }

  /** Most frequent of all values, the smallest of several. */
  mostFrequent(): number {
    const { cells } = this.#memory;
    const { newest } = this;
    const end = this.#sorted + this.size;
    let best = newest;
    let most = 0;
    let run = 0;
    for (let i = this.#sorted; i < end; i++) {
      const value = cells[i];
      run = i > this.#sorted && value === cells[i - 1] ? run + 1 : 1;
      const count = value === newest ? run + 1 : run;
      if (count > most) {
        most = count;
        best = value;
      }
    }
    return most > 1 ? best : this.at(0);
  }

  /** The value before the newest one comes in, and the oldest goes. */
  #enter(count: number): void {
    const { cells } = this.#memory;
    const { size } = this;
    cells[this.#entered] = count;
    if (size === 0) return;
    const old = count > size ? cells[this.#slot(size)] : Number.POSITIVE_INFINITY;
    exchange(cells, this.#sorted, size, old, cells[this.#slot(0)]);
  }

  /** Where a value stands. The ring has a slot to spare, for `left` is read after `newest` has been written. */
  #slot(ago: number): number {
    const slots = this.size + 2;
    return this.#ring + ((this.#memory.registers[this.#taken] - 1 - ago + slots) % slots);
  }
}
