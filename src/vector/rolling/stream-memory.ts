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
  readonly #whole: StreamMemory;
  /** Where the cells of this part stand in the whole. */
  #offset = 0;

  constructor(whole?: StreamMemory) {
    this.#whole = whole ?? this;
  }

  /**
   * The memory of a form that works inside of another one, kept, rolled back and saved with it. Its first `outputs`
   * registers are na and get that form's outputs.
   */
  part(outputs: number): StreamMemory {
    const part = new StreamMemory(this.#whole);
    part.register(outputs, Number.NaN);
    this.#parts.push(part);
    return part;
  }

  /** Reserves consecutive registers; returns the first. */
  register(count: number, initial = 0): number {
    this.registers = extended(this.registers, count, initial);
    return this.registers.length - count;
  }

  /** Reserves consecutive cells; returns the first. */
  take(count: number, initial = 0): number {
    this.cells = extended(this.cells, count, initial);
    return this.cells.length - count;
  }

  /** Ends the reserving: puts all parts' numbers in a row, so that a bar is kept by one copy. */
  seal(): void {
    const all = [...this.#all()];
    const registers = joined(all.map((memory) => memory.registers));
    const cells = joined(all.map((memory) => memory.cells));
    let register = 0;
    let cell = 0;
    for (const memory of all) {
      const nextRegister = register + memory.registers.length;
      const nextCell = cell + memory.cells.length;
      memory.#offset = cell;
      // The whole begins with its own numbers, so it can have those of all.
      memory.registers = memory === this ? registers : registers.subarray(register, nextRegister);
      memory.cells = memory === this ? cells : cells.subarray(cell, nextCell);
      register = nextRegister;
      cell = nextCell;
    }
    this.#kept = registers.slice();
  }

  set(cell: number, value: number): void {
    this.#whole.#note(this.#offset + cell, value);
  }

  #note(cell: number, value: number): void {
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
  }

  rollBack(): void {
    const registers = this.registers;
    const kept = this.#kept;
    for (let i = 0; i < registers.length; i++) registers[i] = kept[i];
    for (let n = this.#noted - 1; n >= 0; n--) this.cells[this.#slots[n]] = this.#olds[n];
    this.#noted = 0;
  }

  /** The contents of this memory, then of its parts in the order in which they were taken. */
  save(): MemoryContents {
    const journal: [number, number][] = [];
    for (let n = 0; n < this.#noted; n++) journal.push([this.#slots[n], this.#olds[n]]);
    const { registers, cells } = this;
    return { registers, kept: this.#kept, cells, journal };
  }

  /** Takes what `save` gave; its lengths are those of this memory's own `save`. */
  load({ registers, kept, cells, journal }: MemoryContents): void {
    this.registers.set(registers);
    this.#kept.set(kept);
    this.#noted = 0;
    for (const [cell, old] of journal) {
      // What stands in the cell is what is noted.
      this.cells[cell] = old;
      this.#note(cell, old);
    }
    this.cells.set(cells);
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

function joined(arrays: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
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
