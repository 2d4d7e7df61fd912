import type { Place } from "../../diagnostics/index.ts";
import { fail } from "../../diagnostics/index.ts";
import { rollingMean } from "../../vector/rolling/index.ts";

export type Item = number | boolean | string;
type Items = Item[];

export const MAX_ELEMENTS = 100_000;

/** `array.*`: arrays are changed in place and shared by the variables that hold them. */
export class ArrayFunctions {
  /** Where a problem is reported: the place of the call that runs. */
  readonly #place: () => Place;
  readonly #version: number;

  constructor(version: number, place: () => Place) {
    this.#version = version;
    this.#place = place;
  }

  // Made.

  new(size: number, initial: Item): Items {
    if (!(size >= 0)) this.#fail(`a size of ${size}`);
    if (size > MAX_ELEMENTS) this.#full();
    return new Array<Item>(Math.trunc(size)).fill(initial);
  }
  from(...items: Items): Items {
    return items;
  }
  copy(a: Items): Items {
    return [...this.#some(a)];
  }
  slice(a: Items, from: number, to: number): Items {
    const { length } = this.#some(a);
    if (!(from >= 0 && to >= from && to <= length))
      this.#fail(`slice from ${from} to ${to} of ${length} elements`);
    return a.slice(from, to);
  }
  abs(a: number[]): number[] {
    return this.#some(a).map(Math.abs);
  }
  standardize(a: number[]): number[] {
    const mean = this.avg(a);
    const deviation = this.stdev(a, true);
    return a.map((x) => finite((x - mean) / deviation));
  }
  sort_indices(a: number[], order: string): number[] {
    const sign = signOf(order);
    return this.#some(a)
      .map((_, i) => i)
      .sort((i, j) => sign * compared(a[i]!, a[j]!) || i - j);
  }

  // Written to.

  push(a: Items, value: Item): void {
    if (this.#some(a).length >= MAX_ELEMENTS) this.#full();
    a.push(value);
  }
  unshift(a: Items, value: Item): void {
    if (this.#some(a).length >= MAX_ELEMENTS) this.#full();
    a.unshift(value);
  }
  insert(a: Items, index: number, value: Item): void {
    const { length } = this.#some(a);
    if (length >= MAX_ELEMENTS) this.#full();
    const at = index < 0 && this.#version >= 6 ? length + index : index;
    if (!(at >= 0 && at <= length)) this.#outside(index, length);
    a.splice(at, 0, value);
  }
  pop(a: Items): Item {
    if (this.#some(a).length === 0) this.#fail("nothing to take from an empty array");
    return a.pop()!;
  }
  shift(a: Items): Item {
    if (this.#some(a).length === 0) this.#fail("nothing to take from an empty array");
    return a.shift()!;
  }
  remove(a: Items, index: number): Item {
    return a.splice(this.#at(a, index), 1)[0]!;
  }
  set(a: Items, index: number, value: Item): void {
    a[this.#at(a, index)] = value;
  }
  clear(a: Items): void {
    this.#some(a).length = 0;
  }
  concat(a: Items, b: Items): Items {
    if (this.#some(a).length + this.#some(b).length > MAX_ELEMENTS) this.#full();
    for (const item of [...b]) a.push(item);
    return a;
  }
  fill(a: Items, value: Item, from = 0, to = Number.NaN): void {
    const end = Number.isNaN(to) ? this.#some(a).length : to;
    this.#some(a).fill(value, from, end);
  }
  reverse(a: Items): void {
    this.#some(a).reverse();
  }
  sort(a: Items, order: string): void {
    const sign = signOf(order);
    this.#some(a).sort((x, y) => sign * compared(x, y));
  }

  // Read.

  get(a: Items, index: number): Item {
    return a[this.#at(a, index)]!;
  }
  first(a: Items): Item {
    return a[this.#at(a, 0)]!;
  }
  last(a: Items): Item {
    return a[this.#at(a, this.#some(a).length - 1)]!;
  }
  size(a: Items): number {
    return this.#some(a).length;
  }
  includes(a: Items, value: Item): boolean {
    return this.#some(a).includes(value);
  }
  indexof(a: Items, value: Item): number {
    return this.#some(a).indexOf(value);
  }
  lastindexof(a: Items, value: Item): number {
    return this.#some(a).lastIndexOf(value);
  }
  every(a: Items): boolean {
    return this.#some(a).every((x) => isTrue(x));
  }
  some(a: Items): boolean {
    return this.#some(a).some((x) => isTrue(x));
  }
  join(a: Items, separator: string): string {
    return this.#some(a)
      .map(String)
      .join(separator)
      .slice(0, 4 * MAX_ELEMENTS);
  }
  binary_search(a: number[], value: number): number {
    const at = this.binary_search_leftmost(a, value);
    return a[at] === value ? at : -1;
  }
  binary_search_leftmost(a: number[], value: number): number {
    let at = 0;
    while (at < this.#some(a).length && a[at]! < value) at++;
    return at < a.length && a[at] === value ? at : at - 1;
  }
  binary_search_rightmost(a: number[], value: number): number {
    let at = this.#some(a).length - 1;
    while (at >= 0 && a[at]! > value) at--;
    return at >= 0 && a[at] === value ? at : at + 1;
  }

  // Reckoned; na elements are passed over.

  sum(a: number[]): number {
    const defined = this.#defined(a);
    return defined.length === 0 ? Number.NaN : finite(defined.length * meanOf(defined));
  }
  avg(a: number[]): number {
    return finite(meanOf(this.#defined(a)));
  }
  min(a: number[], nth = 0): number {
    return this.#sorted(a)[nth] ?? Number.NaN;
  }
  max(a: number[], nth = 0): number {
    return this.#sorted(a).reverse()[nth] ?? Number.NaN;
  }
  range(a: number[]): number {
    return this.max(a) - this.min(a);
  }
  median(a: number[]): number {
    const sorted = this.#sorted(a);
    const half = sorted.length >> 1;
    if (sorted.length === 0) return Number.NaN;
    return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  }
  mode(a: number[]): number {
    const counts = new Map<number, number>();
    for (const x of this.#sorted(a)) counts.set(x, (counts.get(x) ?? 0) + 1);
    let best = Number.NaN;
    let most = 0;
    for (const [x, count] of counts) {
      if (count > most) [best, most] = [x, count];
    }
    return best;
  }
  variance(a: number[], biased = true): number {
    const defined = this.#defined(a);
    const mean = meanOf(defined);
    const squares = defined.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return finite(squares / (defined.length - (biased ? 0 : 1)));
  }
  stdev(a: number[], biased = true): number {
    return Math.sqrt(this.variance(a, biased));
  }
  covariance(a: number[], b: number[], biased = true): number {
    if (this.#some(a).length !== this.#some(b).length)
      this.#fail("covariance of arrays of different sizes");
    const [x, y] = [meanOf(a), meanOf(b)];
    const products = a.reduce((sum, each, i) => sum + (each - x) * (b[i]! - y), 0);
    return finite(products / (a.length - (biased ? 0 : 1)));
  }
  percentile_nearest_rank(a: number[], percentage: number): number {
    const sorted = this.#sorted(a);
    const rank = Math.max(1, Math.ceil((percentage / 100) * sorted.length));
    return sorted[rank - 1] ?? Number.NaN;
  }
  percentile_linear_interpolation(a: number[], percentage: number): number {
    const sorted = this.#sorted(a);
    const at = (percentage / 100) * sorted.length - 0.5;
    const low = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
    const high = Math.min(Math.max(Math.ceil(at), 0), sorted.length - 1);
    if (sorted.length === 0) return Number.NaN;
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  }
  percentrank(a: number[], index: number): number {
    const value = a[this.#at(a, index)]!;
    const below = a.filter((x) => x <= value).length - 1;
    return finite((100 * below) / (a.length - 1));
  }

  #some<T>(a: T[] | null): T[] {
    if (a === null || a === undefined) return this.#fail("it is na");
    return a;
  }
  #at(a: Items | null, index: number): number {
    const { length } = this.#some(a);
    const at = index < 0 && this.#version >= 6 ? length + index : index;
    if (!(at >= 0 && at < length)) this.#outside(index, length);
    return Math.trunc(at);
  }
  #defined(a: number[]): number[] {
    return this.#some(a).filter((x) => !Number.isNaN(x));
  }
  #sorted(a: number[]): number[] {
    return this.#defined(a).sort((x, y) => x - y);
  }
  #outside(index: number, length: number): never {
    return this.#fail(`there is no element ${index} of ${length}`);
  }
  #full(): never {
    return this.#fail(`it would have more than ${MAX_ELEMENTS} elements`);
  }
  #fail(problem: string): never {
    return fail("script_array", { problem }, this.#place());
  }
}

/** The correctly rounded mean, as that of the indicators. */
function meanOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const out = new Float64Array(values.length);
  rollingMean(Float64Array.from(values), 0, values.length, out);
  return out[values.length - 1]!;
}

function finite(x: number): number {
  return x + 0 * x;
}

export function compared(a: Item, b: Item): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return a < b ? -1 : 1;
}

export function signOf(order: string): number {
  return /descending$/.test(order) ? -1 : 1;
}

function isTrue(x: Item): boolean {
  return x === true || (typeof x === "number" && x !== 0 && !Number.isNaN(x));
}
