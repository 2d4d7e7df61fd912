import { isNa, MeanStream, overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** Rolling sum bar by bar; na as in `sumKernel`. */
export function sumStream(): StreamForm {
  return (memory, [period]) => {
    const sum = new MeanStream(memory, period, 1);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      memory.registers[0] = finite(sum.push(inputs[0]));
    });
  };
}

/** Cumulative sum bar by bar; na as in `cumKernel`. */
export function cumStream(): StreamForm {
  return (memory) => {
    const sum = memory.register(2);
    const error = sum + 1;
    return (inputs) => {
      const { registers } = memory;
      const value = inputs[0];
      if (isNa(value)) {
        registers[0] = Number.NaN;
        return;
      }
      const before = registers[sum];
      const next = before + value;
      const part = next - before;
      registers[error] += before - (next - part) + (value - part);
      registers[sum] = next;
      registers[0] = finite(next + registers[error]);
    };
  };
}
