import type { Dialect } from "../../vector/kernel.ts";
import { MeanStream, overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";

/** Simple moving average bar by bar; na as in `smaKernel`. */
export function smaStream(dialect: Dialect): StreamForm {
  const rule = windowRule(dialect);
  return (memory, [period]) => {
    const mean = new MeanStream(memory, period);
    return overWindowStep(memory, 1, period, rule, (inputs) => {
      memory.registers[0] = mean.push(inputs[0]);
    });
  };
}
