const JOURNAL = 16;

/** Everything a memory holds, as numbers. */
export interface MemoryContents {
  readonly registers: ArrayLike<number>;
  /** The registers before the last bar. */
  readonly kept: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
  /** What the last bar wrote over with `set`. */
  readonly journal: readonly (readonly [cell: number, old: number])[];
}

/**
 * All that a streaming indicator remembers, as numbers in two arrays, so that taking a bar back and saving are done
 * here and in no indicator. `keep` before a bar and `rollBack` after it restore:
 * - every register, whatever was written to it: sums, counts, places, the outputs;
 * - a cell written with `set`. A plain write to a cell stays, and is right for what follows from earlier bars alone,
 *   and where nothing reads the cell before a later bar has written it again (a ring with a slot to spare).
 */
export class StreamMemory {
  /** A new array after each `register`, as `cells` is after each `take`: ask for them in each step. */
  registers: Float64Array = new Float64Array(0);
  cells: Float64Array = new Float64Array(0);
  #kept = new Float64Array(0);
  #slots = new Int32Array(JOURNAL);
  #olds = new Float64Array(JOURNAL);
  #noted = 0;
  readonly #parts: StreamMemory[] = [];

  /**
   * The memory of a form that works inside of another one, kept, rolled back and saved with it. Its first `outputs`
   * registers are na and get that form's outputs.
   */
  part(outputs: number): StreamMemory {
    const part = new StreamMemory();
    part.register(outputs, Number.NaN);
    this.#parts.push(part);
    return part;
  }

  /** Reserves consecutive registers; returns the first. */
  register(count: number, initial = 0): number {
    this.registers = extended(this.registers, count, initial);
    this.#kept = this.registers.slice();
    return this.registers.length - count;
  }

  /** Reserves consecutive cells; returns the first. */
  take(count: number, initial = 0): number {
    this.cells = extended(this.cells, count, initial);
    return this.cells.length - count;
  }

  set(cell: number, value: number): void {
    const n = this.#noted;
    if (n === this.#slots.length) this.#grow();
    this.#slots[n] = cell;
    this.#olds[n] = this.cells[cell];
    this.#noted = n + 1;
    this.cells[cell] = value;
  }

  keep(): void {
    const registers = this.registers;
    const kept = this.#kept;
    for (let i = 0; i < registers.length; i++) kept[i] = registers[i];
    this.#noted = 0;
    for (let k = 0; k < this.#parts.length; k++) this.#parts[k].keep();
  }

  rollBack(): void {
    const registers = this.registers;
    const kept = this.#kept;
    for (let i = 0; i < registers.length; i++) registers[i] = kept[i];
    for (let n = this.#noted - 1; n >= 0; n--) this.cells[this.#slots[n]] = this.#olds[n];
    this.#noted = 0;
    for (let k = 0; k < this.#parts.length; k++) this.#parts[k].rollBack();
  }

  /** The contents of this memory, then of its parts in the order in which they were taken. */
  save(): MemoryContents {
    const registers: number[] = [];
    const kept: number[] = [];
    const cells: number[] = [];
    const journal: [number, number][] = [];
    for (const memory of this.#all()) {
      for (let n = 0; n < memory.#noted; n++) {
        journal.push([cells.length + memory.#slots[n], memory.#olds[n]]);
      }
      append(registers, memory.registers);
      append(kept, memory.#kept);
      append(cells, memory.cells);
    }
    return { registers, kept, cells, journal };
  }

  /** Takes what `save` gave; its lengths are those of this memory's own `save`. */
  load({ registers, kept, cells, journal }: MemoryContents): void {
    let register = 0;
    let cell = 0;
    for (const memory of this.#all()) {
      const count = memory.registers.length;
      const end = cell + memory.cells.length;
      memory.#noted = 0;
      for (const [at, old] of journal) {
        if (at < cell || at >= end) continue;
        // `set` notes what stands in the cell.
        memory.cells[at - cell] = old;
        memory.set(at - cell, old);
      }
      for (let i = 0; i < count; i++) {
        memory.registers[i] = registers[register + i];
        memory.#kept[i] = kept[register + i];
      }
      for (let i = cell; i < end; i++) memory.cells[i - cell] = cells[i];
      register += count;
      cell = end;
    }
  }

  *#all(): Generator<StreamMemory> {
    yield this;
    for (const part of this.#parts) yield* part.#all();
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    slots.set(this.#slots);
    this.#slots = slots;
    this.#olds = extended(this.#olds, this.#olds.length, 0);
  }
}

function append(list: number[], values: Float64Array): void {
  for (let i = 0; i < values.length; i++) list.push(values[i]);
}

function extended(array: Float64Array, count: number, initial: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(array.length + count).fill(initial, array.length);
  longer.set(array);
  return longer;
}

/** One bar: reads the sources' values, writes the outputs to the first registers. No write carries them over. */
export type StreamStep = (inputs: Float64Array) => void;

/** Reserves memory behind the outputs' registers, which hold na, and gives the step. The caller validated `params`. */
export type StreamForm = (memory: StreamMemory, params: readonly number[]) => StreamStep;
