/** Most trials of a thread's share of a batch. */
export const MAX_SHARE = 8_192;
/** Seconds that a batch should take at most: it is then that a sweep can be stopped, shown and kept. */
const SECONDS = 4;

/**
 * How many trials to hand out at once, for all threads together. What several trials use is computed once per thread and
 * batch, so that few and large ones are best, and all of the same size: the threads then end at the same time, and the
 * next series of the sweep has the same batches, whose graphs are known.
 */
export class BatchSize {
  /** Trials per second of a thread. */
  #rate: number;
  readonly #threads: number;
  #left: number;

  /** @param guess trials per second, until it is known how many a thread does */
  constructor(guess: number, threads: number, count: number) {
    this.#rate = guess;
    this.#threads = threads;
    this.#left = count;
  }

  next(): number {
    const share = Math.max(1, Math.min(MAX_SHARE, Math.floor(this.#rate * SECONDS)));
    return Math.ceil(this.#left / Math.ceil(this.#left / (this.#threads * share)));
  }

  handOut(count: number): void {
    this.#left = Math.max(1, this.#left - count);
  }

  /** Takes in how long a thread's share took. */
  done(count: number, seconds: number): void {
    if (seconds > 0) this.#rate = Math.min(count / seconds, this.#rate * 8);
  }
}
