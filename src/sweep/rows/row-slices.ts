import type { Batch } from "../run/batch.ts";

/** Rows of a slice: their texts are dropped before the garbage collector takes them for long-lived. */
const ROWS = 512;

/** A batch in parts of at most `rows` rows, over the same memory. */
export function* rowSlices(batch: Batch, rows = ROWS): Generator<Batch, void> {
  const { count, params, metrics, states } = batch;
  const part = (values: Float64Array, from: number, to: number) => {
    const width = values.length / count;
    return values.subarray(from * width, to * width);
  };
  for (let from = 0; from < count; from += rows) {
    const to = Math.min(count, from + rows);
    yield {
      ...batch,
      first: batch.first + from,
      count: to - from,
      params: part(params, from, to),
      metrics: part(metrics, from, to),
      states: states.subarray(from, to),
    };
  }
}
