import { expect, test } from "vitest";
import { RowStream } from "../../src/sweep/rows/row-stream.ts";
import type { SweepRow } from "../../src/sweep/rows/trial-row.ts";
import type { Batch } from "../../src/sweep/run/batch.ts";

/** A stream over batches of these sizes, whose rows are numbers, and what happened to the batches. */
function stream(sizes: readonly number[], failure: Error | null = null) {
  const events: string[] = [];
  const rows = new RowStream(async () => {
    events.push("opened");
    async function* batches() {
      let first = 1;
      try {
        for (const count of sizes) {
          yield { first, count } as Batch;
          first += count;
        }
        if (failure) throw failure;
      } finally {
        events.push("closed");
      }
    }
    const rowsOf = (batch: Batch) => (k: number) => ({ trial: batch.first + k }) as SweepRow;
    return { batches: batches(), rowsOf };
  });
  return { rows, events };
}

async function trials(rows: RowStream): Promise<number[]> {
  const found: number[] = [];
  for await (const { trial } of rows) found.push(trial);
  return found;
}

test("rows of batches come in order, those without any passed over", async () => {
  const { rows, events } = stream([2, 0, 3, 0]);
  expect(events).toEqual([]);
  expect(await trials(rows)).toEqual([1, 2, 3, 4, 5]);
  expect(events).toEqual(["opened", "closed"]);
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});

test("rows that are asked for at once come in the order of asking, and the end after them", async () => {
  const { rows } = stream([2, 1]);
  const asked = Array.from({ length: 5 }, () => rows.next());
  const told = await Promise.all(asked);
  expect(told.map(({ done, value }) => (done ? "end" : value.trial))).toEqual([
    1,
    2,
    3,
    "end",
    "end",
  ]);
});

test("breaking off closes the batches, before or after the first row", async () => {
  const { rows, events } = stream([2, 2]);
  for await (const { trial } of rows) if (trial === 1) break;
  expect(events).toEqual(["opened", "closed"]);
  expect(await rows.next()).toEqual({ done: true, value: undefined });
  const unread = stream([1]);
  expect(await unread.rows.return()).toEqual({ done: true, value: undefined });
  expect(await trials(unread.rows)).toEqual([]);
  expect(unread.events).toEqual([]);
});

test("a request after breaking off waits for it", async () => {
  const { rows } = stream([2]);
  const [first, broken, last] = await Promise.all([rows.next(), rows.return(), rows.next()]);
  expect([first.done, broken.done, last.done]).toEqual([false, true, true]);
});

test("failures reach whoever asks, once", async () => {
  const { rows, events } = stream([1], new Error("no more"));
  await rows.next();
  await expect(rows.next()).rejects.toThrow("no more");
  expect(await rows.next()).toEqual({ done: true, value: undefined });
  expect(events).toEqual(["opened", "closed"]);
  const refused = new RowStream(() => Promise.reject(new Error("no plan")));
  await expect(refused.next()).rejects.toThrow("no plan");
  expect((await refused.next()).done).toBe(true);
});

test("an error that is thrown in closes the batches", async () => {
  const { rows, events } = stream([2]);
  await rows.next();
  await expect(rows.throw(new Error("enough"))).rejects.toThrow("enough");
  expect(events).toEqual(["opened", "closed"]);
});
