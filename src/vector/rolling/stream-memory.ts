const JOURNAL = 16;

/**
 * All that a streaming indicator remembers, as numbers in one array, so that going one bar back and saving are done
 * here and in no indicator.
 *
 * A step changes slots with `set`, which notes the old value: `rollBack` undoes the writes since `keep`. A plain write
 * to `values` survives it and is cheaper. It is right for what follows from earlier bars alone, and for a slot that
 * nothing reads before a later step has written it again.
 */
export class StreamMemory {
  /** A new array after each `take`: ask for it in each step. */
  values: Float64Array = new Float64Array(0);
  #slots = new Int32Array(JOURNAL);
  #olds = new Float64Array(JOURNAL);
  #noted = 0;

  /** Reserves consecutive slots; returns the first. */
  take(count: number, initial = 0): number {
    const first = this.values.length;
    const values = new Float64Array(first + count).fill(initial, first);
    values.set(this.values);
    this.values = values;
    return first;
  }

  set(slot: number, value: number): void {
    const n = this.#noted;
    if (n === this.#slots.length) this.#grow();
    this.#slots[n] = slot;
    this.#olds[n] = this.values[slot];
    this.#noted = n + 1;
    this.values[slot] = value;
  }

  /** From here on nothing older is undone. */
  keep(): void {
    this.#noted = 0;
  }

  rollBack(): void {
    for (let n = this.#noted - 1; n >= 0; n--) this.values[this.#slots[n]] = this.#olds[n];
    this.#noted = 0;
  }

  /** The journal as pairs of slot and old value, oldest first. */
  journal(): [slot: number, old: number][] {
    return Array.from({ length: this.#noted }, (_, n) => [this.#slots[n], this.#olds[n]]);
  }

  /** Puts back what `values` and `journal` were. */
  load(values: ArrayLike<number>, journal: readonly (readonly [number, number])[]): void {
    this.keep();
    // Noting the writes of a journal puts its old values into the slots for a moment.
    for (const [slot, old] of journal) {
      this.values[slot] = old;
      this.set(slot, old);
    }
    this.values.set(values);
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const olds = new Float64Array(slots.length);
    slots.set(this.#slots);
    olds.set(this.#olds);
    this.#slots = slots;
    this.#olds = olds;
  }
}

/** One bar: reads the sources' values, writes the outputs to the memory's first slots. No write carries them over. */
export type StreamStep = (inputs: Float64Array) => void;

/** Reserves memory behind the outputs' slots, which hold na, and gives the step. The caller validated `params`. */
export type StreamForm = (memory: StreamMemory, params: readonly number[]) => StreamStep;
