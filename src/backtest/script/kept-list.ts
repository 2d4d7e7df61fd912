/**
 * A list that keeps its memory when it gets shorter. An array gives its own back once it is empty and takes it again with the
 * next value: with orders and entries that come and go, that is most of what a run would allocate.
 */
export class KeptList<T> {
  /** The first `length` are the list's. */
  readonly items: T[] = [];
  length = 0;

  push(item: T): void {
    this.items[this.length++] = item;
  }

  pop(): T | undefined {
    return this.length === 0 ? undefined : this.items[--this.length];
  }
}
