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
  const run = memory.register(1);
  return (inputs) => {
    const { registers } = memory;
    const missing = isNa(inputs[0]);
    if (!missing) dense(inputs);
    const length = missing ? 0 : registers[run] + 1;
    registers[run] = length;
    if (length < period) registers.fill(Number.NaN, 0, outputs);
  };
}
