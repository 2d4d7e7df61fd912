/**
 * Columns that nobody reads any more, for the next step or the next run: a fresh 8 MB array costs more in page faults
 * and collection than a kernel does in filling it. Every user fills what it takes.
 */
export class FreeColumns {
  readonly #free: Float64Array[] = [];
  #bytes = new Uint8Array(0);

  take(length: number): Float64Array {
    const last = this.#free.pop();
    return last?.length === length ? last : new Float64Array(length);
  }

  /** Bytes of the last run, whatever is in them. */
  bytes(length: number): Uint8Array {
    if (this.#bytes.length !== length) this.#bytes = new Uint8Array(length);
    return this.#bytes;
  }

  give(column: Float64Array): void {
    if (column.length > 0) this.#free.push(column);
  }
}
