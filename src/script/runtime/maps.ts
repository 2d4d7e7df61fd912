import { fail, type Place } from "../../diagnostics/index.ts";

type Key = number | boolean | string;

/** TradingView's limit. */
export const MAX_PAIRS = 50_000;

/** `map.*`: pairs in the order in which their keys came; changed in place and shared by the variables that hold them. */
export class MapFunctions {
  /** Where a problem is reported: the place of the call that runs. */
  readonly #place: () => Place;

  constructor(place: () => Place) {
    this.#place = place;
  }

  new(): Map<Key, unknown> {
    return new Map();
  }

  /** The value that the key had, or `na`. */
  put(map: Map<Key, unknown>, key: Key, value: unknown, na: unknown): unknown {
    const before = this.get(map, key, na);
    map.set(key, value);
    if (map.size > MAX_PAIRS) this.#full();
    return before;
  }
  put_all(map: Map<Key, unknown>, other: Map<Key, unknown>): void {
    for (const [key, value] of [...this.#some(other)]) this.#some(map).set(key, value);
    if (map.size > MAX_PAIRS) this.#full();
  }
  get(map: Map<Key, unknown>, key: Key, na: unknown): unknown {
    const value = this.#some(map).get(key);
    return value === undefined ? na : value;
  }
  /** The value that the key had, or `na`. */
  remove(map: Map<Key, unknown>, key: Key, na: unknown): unknown {
    const before = this.get(map, key, na);
    map.delete(key);
    return before;
  }
  contains(map: Map<Key, unknown>, key: Key): boolean {
    return this.#some(map).has(key);
  }
  size(map: Map<Key, unknown>): number {
    return this.#some(map).size;
  }
  keys(map: Map<Key, unknown>): Key[] {
    return [...this.#some(map).keys()];
  }
  values(map: Map<Key, unknown>): unknown[] {
    return [...this.#some(map).values()];
  }
  copy(map: Map<Key, unknown>): Map<Key, unknown> {
    return new Map(this.#some(map));
  }
  clear(map: Map<Key, unknown>): void {
    this.#some(map).clear();
  }

  #some(map: Map<Key, unknown> | null): Map<Key, unknown> {
    if (map === null || map === undefined) return this.#fail("it is na");
    return map;
  }
  #full(): never {
    return this.#fail(`it would have more than ${MAX_PAIRS} pairs`);
  }
  #fail(problem: string): never {
    return fail("script_map", { problem }, this.#place());
  }
}
