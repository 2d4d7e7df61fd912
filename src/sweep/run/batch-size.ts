/** Most trials of a batch. */
export const MAX_BATCH = 4_096;
/** Seconds that a batch should take at most: it is then that a sweep can be stopped, shown and kept. */
const SECONDS = 4;
/** Of what is left for a thread, how much it gets at once; the rest evens out what took longer than other parts. */
const FIRST = 0.7;

/**
 * How many trials to hand out at once. What several trials use is computed once per batch, so that few and large ones are
 * best, but for the last: with several threads these are smaller, so that all end at about the same time.
 */
export class BatchSize {
  /** Trials per second. */
  #rate: number;
  readonly #threads: number;
  #left: number;
  /** Sizes of the last batches, once what is left is no more than a batch for each thread. */
  #last: number[] = [];

  /** @param guess trials per second, until it is known how many a thread does */
  constructor(guess: number, threads: number, count: number) {
    this.#rate = guess;
    this.#threads = threads;
    this.#left = count;
  }

  next(): number {
    const most = Math.max(1, Math.min(MAX_BATCH, Math.floor(this.#rate * SECONDS)));
    if (this.#left > this.#threads * most) {
      this.#last = [];
      return this.#threads === 1 ? evenPart(this.#left, most) : most;
    }
    if (this.#last.length === 0) this.#last = lastSizes(this.#left, this.#threads);
    return Math.min(most, this.#last.shift()!);
  }

  handOut(count: number): void {
    this.#left = Math.max(1, this.#left - count);
  }

  done(count: number, seconds: number): void {
    if (seconds > 0) this.#rate = Math.min(count / seconds, this.#rate * 8);
  }
}

/** Parts of the same size: the next series of the sweep then has the same batches, whose graphs are known. */
function evenPart(left: number, most: number): number {
  return Math.ceil(left / Math.ceil(left / most));
}

function lastSizes(left: number, threads: number): number[] {
  if (threads === 1) return [left];
  const first = Math.ceil((FIRST * left) / threads);
  const rest = Math.ceil(Math.max(0, left - threads * first) / threads);
  return [...Array(threads).fill(first), ...Array(threads).fill(Math.max(1, rest))];
}
