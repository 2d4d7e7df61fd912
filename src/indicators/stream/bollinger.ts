import type { Dialect } from "../../vector/kernel.ts";
import {
  DeviationStream,
  MeanStream,
  overWindowStep,
  type StreamForm,
} from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";
import { deviationForm } from "../deviation-form.ts";

/** Bollinger bands bar by bar, with the bits of `smaStream` and `stdDevStream`. */
export function bollingerStream(dialect: Dialect): StreamForm {
  const rule = windowRule(dialect);
  const form = deviationForm(dialect);
  return (memory, [period, deviations]) => {
    const mean = new MeanStream(memory, period);
    const deviation = new DeviationStream(memory, period, form);
    return overWindowStep(memory, 3, period, rule, (inputs) => {
      const middle = mean.push(inputs[0]);
      const width = deviations * deviation.push(inputs[0]);
      memory.registers[0] = middle;
      memory.registers[1] = middle + width;
      memory.registers[2] = middle - width;
    });
  };
}
