import type { StreamForm, StreamMemory } from "./stream-memory.ts";

/** A form inside of another. */
export interface InnerStream {
  /** Takes a bar of one series and gives the first output. */
  push(value: number): number;
  /** Takes a bar of several series, in the order of the form's sources. */
  pushAll(inputs: Float64Array): void;
  /** Output k of the last bar. */
  output(k: number): number;
}

/** Puts `form` to work inside of the form that `memory` belongs to: a composed indicator has one for each part. */
export function innerStream(
  memory: StreamMemory,
  form: StreamForm,
  params: readonly number[],
  outputs = 1,
): InnerStream {
  const part = memory.part(outputs);
  const step = form(part, params);
  const one = new Float64Array(1);
  return {
    push(value) {
      one[0] = value;
      step(one);
      return part.registers[0];
    },
    pushAll: step,
    output: (k) => part.registers[k],
  };
}
