/** Bytes of a line of the cache. */
const LINE = 64;

/** Hands out memory: by multiples of 8, and more than a line of the cache by whole lines. */
export class Space {
  #next: number;

  constructor(from: number) {
    this.#next = from;
  }

  get end(): number {
    return this.#next;
  }

  take(bytes: number): number {
    if (bytes >= LINE) this.#next = (this.#next + LINE - 1) & -LINE;
    const at = this.#next;
    this.#next += (bytes + 7) & ~7;
    return at;
  }
}
