/**
 * Columns that are used again by the next run of the same length: a fresh 8 MB array costs more in
 * page faults and collection than a kernel does in filling it. Every user fills what it takes.
 */
export class ColumnPool {
  readonly #columns: Float64Array[] = [];

  /** Column `slot`, of `length` values that are whatever was left there. */
  take(slot: number, length: number): Float64Array {
    const known = this.#columns[slot];
    if (known?.length === length) return known;
    this.#columns[slot] = new Float64Array(length);
    return this.#columns[slot];
  }
}
