/**
 * Columns that nobody reads any more, for the next step or the next run: a fresh 8 MB array costs more in page faults
 * and collection than a kernel does in filling it. Every user fills what it takes.
 */
export class FreeColumns {
  readonly #free: Float64Array[] = [];

  take(length: number): Float64Array {
    const last = this.#free.pop();
    return last?.length === length ? last : new Float64Array(length);
  }

  give(column: Float64Array): void {
    if (column.length > 0) this.#free.push(column);
  }
}
