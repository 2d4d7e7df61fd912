import { isNa } from "./na.ts";
import type { StreamMemory, StreamStep } from "./stream-memory.ts";
import type { NaRule } from "./window.ts";

/**
 * What `overWindow` is to columns: `dense` sees the bars with a value only and writes every output. Under `skip` the
 * outputs are carried over na; under `require` they are na until `period` values came in a row.
 */
export function overWindowStep(
  memory: StreamMemory,
  outputs: number,
  period: number,
  rule: NaRule,
  dense: StreamStep,
): StreamStep {
  if (rule === "skip") {
    return (inputs) => {
      if (!isNa(inputs[0])) dense(inputs);
    };
  }
  const run = memory.take(1);
  return (inputs) => {
    const missing = isNa(inputs[0]);
    if (!missing) dense(inputs);
    const length = missing ? 0 : memory.values[run] + 1;
    // More than a period need not be told from a period.
    if (length <= period) memory.set(run, length);
    if (length < period) for (let k = 0; k < outputs; k++) memory.set(k, Number.NaN);
  };
}
