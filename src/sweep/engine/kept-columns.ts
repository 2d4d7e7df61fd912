import type { FreeColumns } from "../../script/run/free-columns.ts";

/** Bytes of columns that are kept for later trials; those of one trial are kept however large. */
export const KEPT_BYTES = 128 * 2 ** 20;
/** Names of columns that are told apart before all are forgotten. */
const MAX_NAMES = 65_536;

/** Columns of numbers, or of texts, which `request.security` may give. */
export type Column = Float64Array | readonly string[];

interface Kept {
  /** Columns, or what else {@link KeptColumns.constant} was asked for. */
  readonly value: unknown;
  readonly bytes: number;
  /** Where its numbers came from. */
  readonly pool: FreeColumns | null;
  used: number;
}

/**
 * Columns by content, for as long as memory lasts. First those are thrown out that depend on most of what differs between
 * trials, and so are asked for most seldom, and among them those that were used longest ago.
 */
export class KeptColumns {
  /** By the number of varying inputs that they depend on. */
  readonly #kept: Map<number, Kept>[] = [];
  readonly #names = new Map<string, number>();
  readonly #budget: number;
  #next = 0;
  #trial = 0;
  #bytes = 0;
  #made = 0;

  constructor(budget = KEPT_BYTES) {
    this.#budget = budget;
  }

  /** Bytes of the columns kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Columns that were computed so far. */
  get made(): number {
    return this.#made;
  }

  /**
   * Ends what the last trial needs.
   *
   * @param varying inputs that differ between trials; what depends on all of them is of no use to another
   */
  nextTrial(varying: number): void {
    this.#trial++;
    if (varying > 0) this.#clear(varying);
    if (this.#names.size <= MAX_NAMES) return;
    for (let rank = 0; rank < this.#kept.length; rank++) this.#clear(rank);
    this.#names.clear();
  }

  /** The number of a content; no other has had it. */
  number(content: string): number {
    let number = this.#names.get(content);
    if (number === undefined) {
      number = this.#next++;
      this.#names.set(content, number);
    }
    return number;
  }

  /** The columns of a content; they hold until the next trial. */
  find(number: number, rank: number): readonly Column[] | null {
    for (const kept of this.#kept) {
      const found = kept?.get(number);
      if (found === undefined) continue;
      // Last in the map: used last.
      kept.delete(number);
      this.#rank(rank).set(number, found);
      found.used = this.#trial;
      return found.value as readonly Column[];
    }
    return null;
  }

  /** Makes room for so many bytes. */
  room(bytes: number): void {
    for (let rank = this.#kept.length - 1; rank >= 0; rank--) {
      for (const [number, { used }] of this.#rank(rank)) {
        if (this.#bytes + bytes <= this.#budget || used === this.#trial) break;
        this.#drop(rank, number);
      }
    }
  }

  /** Takes in columns, of which `pool` gets the numbers back where it is given. */
  keep(number: number, rank: number, columns: readonly Column[], pool: FreeColumns | null): void {
    this.#set(number, rank, columns, pool);
    this.#made++;
  }

  /** What depends on its name alone. */
  constant<T>(name: string, make: () => T): T {
    const number = this.number(name);
    const found = this.find(number, 0);
    if (found !== null) return found as T;
    const value = make();
    this.#set(number, 0, value, null);
    return value;
  }

  #set(number: number, rank: number, value: unknown, pool: FreeColumns | null): void {
    const bytes = bytesOf(value);
    this.#rank(rank).set(number, { value, bytes, pool, used: this.#trial });
    this.#bytes += bytes;
  }

  #rank(rank: number): Map<number, Kept> {
    while (this.#kept.length <= rank) this.#kept.push(new Map());
    return this.#kept[rank]!;
  }

  #clear(rank: number): void {
    for (const number of [...this.#rank(rank).keys()]) this.#drop(rank, number);
  }

  #drop(rank: number, number: number): void {
    const { value, bytes, pool } = this.#rank(rank).get(number)!;
    this.#rank(rank).delete(number);
    this.#bytes -= bytes;
    if (pool === null) return;
    for (const column of value as readonly Column[])
      if (column instanceof Float64Array) pool.give(column);
  }
}

/** Of arrays of numbers, and of objects and lists of them. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  let bytes = 0;
  let before: unknown = null;
  for (const part of Object.values(value)) {
    // Neighbours that are the same are one text in memory.
    bytes += 8 + (part === before ? 0 : bytesOf(part));
    before = part;
  }
  return bytes;
}
