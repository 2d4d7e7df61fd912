import type { Batch } from "../run/batch.ts";
import type { SweepRow } from "./trial-row.ts";

/** A row of a batch by its number, from 0. */
export type RowsOf = (batch: Batch) => (k: number) => SweepRow;

/** Batches, and how their rows are made. */
interface Opened {
  readonly batches: AsyncGenerator<Batch, void>;
  readonly rowsOf: RowsOf;
}

/**
 * Rows of batches one after the other. In place of an async generator, whose every `yield` waits in turn: a row of a batch
 * that is there is given at once, in a third of the time.
 */
export class RowStream implements AsyncGenerator<SweepRow, void> {
  readonly #open: () => Promise<Opened>;
  #opened: Promise<Opened> | null = null;
  #row: (k: number) => SweepRow = () => {
    throw new RangeError("no batch has come yet");
  };
  #next = 0;
  #count = 0;
  #ended = false;
  /** Requests that wait for a batch, or for the end; those after them wait for them. */
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param open is called once the first row is asked for */
  constructor(open: () => Promise<Opened>) {
    this.#open = open;
  }

  next(): Promise<IteratorResult<SweepRow, void>> {
    if (this.#waiting === 0 && this.#next < this.#count)
      return Promise.resolve({ done: false, value: this.#row(this.#next++) });
    return this.#inTurn(() => this.#fromBatches());
  }

  return(): Promise<IteratorResult<SweepRow, void>> {
    return this.#inTurn(async () => {
      await this.#close();
      return { done: true, value: undefined };
    });
  }

  throw(error: unknown): Promise<IteratorResult<SweepRow, void>> {
    return this.#inTurn(async () => {
      await this.#close();
      throw error;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #fromBatches(): Promise<IteratorResult<SweepRow, void>> {
    while (!this.#ended && this.#next === this.#count) await this.#advance();
    return this.#ended
      ? { done: true, value: undefined }
      : { done: false, value: this.#row(this.#next++) };
  }

  async #advance(): Promise<void> {
    try {
      this.#opened ??= this.#open();
      const { batches, rowsOf } = await this.#opened;
      const { done, value } = await batches.next();
      if (done) this.#ended = true;
      else {
        this.#row = rowsOf(value);
        this.#next = 0;
        this.#count = value.count;
      }
    } catch (error) {
      this.#ended = true;
      throw error;
    }
  }

  async #close(): Promise<void> {
    const opened = this.#ended ? null : this.#opened;
    this.#ended = true;
    this.#next = this.#count;
    await (await opened)?.batches.return();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
