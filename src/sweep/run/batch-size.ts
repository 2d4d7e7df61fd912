/** Most trials of a batch. */
export const MAX_BATCH = 4_096;
/** Seconds that a batch should take: long enough to share columns, short enough to be stopped and shown. */
const LEAST_SECONDS = 1.5;
const MOST_SECONDS = 5;
/** Bars times trials per second that a first guess goes by. */
const GUESS = 2e8;

/** How many trials to hand out at once, by how fast the last ones went. */
export class BatchSize {
  #rate: number;
  readonly #threads: number;

  constructor(bars: number, threads: number, left: number) {
    this.#rate = GUESS / Math.max(1, bars);
    this.#threads = threads;
    this.#left = left;
  }

  #left: number;

  /** Of the next batch: at most a thread's share of what is left. */
  next(): number {
    const share = Math.ceil(this.#left / this.#threads);
    const half = share / this.#rate / 2;
    const seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, half));
    const size = Math.min(MAX_BATCH, Math.floor(this.#rate * seconds), share);
    return Math.max(1, size);
  }

  handOut(count: number): void {
    this.#left = Math.max(1, this.#left - count);
  }

  done(count: number, seconds: number): void {
    if (seconds > 0) this.#rate = Math.min(count / seconds, this.#rate * 8);
  }
}
