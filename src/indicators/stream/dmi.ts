import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { TOLERANCE } from "../conventions.ts";
import { finite } from "../finite.ts";
import { rmaStream } from "./rma.ts";
import { trStream } from "./tr.ts";

/** Directional movement index bar by bar. */
export function dmiStream(): StreamForm {
  return (memory, [period, smoothing]) => {
    const rma = rmaStream("tv");
    const range = innerStream(memory, trStream(), [0]);
    const ranges = innerStream(memory, rma, [period]);
    const rises = innerStream(memory, rma, [period]);
    const falls = innerStream(memory, rma, [period]);
    const strength = innerStream(memory, rma, [smoothing]);
    const highBefore = memory.register(1, Number.NaN);
    const lowBefore = memory.register(1, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      range.pushAll(inputs);
      const up = finite(inputs[0] - registers[highBefore]);
      const down = finite(registers[lowBefore] - inputs[1]);
      registers[highBefore] = inputs[0];
      registers[lowBefore] = inputs[1];
      const none = 0 * (up - down);
      const rise = finite(up - down > TOLERANCE && up > TOLERANCE ? up : none);
      const fall = finite(down - up > TOLERANCE && down > TOLERANCE ? down : none);
      const size = ranges.push(range.output(0));
      const plus = finite((100 * rises.push(rise)) / size);
      const minus = finite((100 * falls.push(fall)) / size);
      const sum = plus + minus;
      const adx = strength.push(finite(Math.abs(plus - minus) / (sum === 0 ? 1 : sum)));
      registers[0] = plus;
      registers[1] = minus;
      registers[2] = finite(100 * adx);
    };
  };
}
