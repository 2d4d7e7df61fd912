import type { Dialect } from "../../vector/kernel.ts";
import { DeviationStream, overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";
import { deviationForm } from "../deviation-form.ts";

/** Standard deviation bar by bar; divisors and na as in `stdDevKernel`. */
export function stdDevStream(dialect: Dialect): StreamForm {
  const rule = windowRule(dialect);
  const form = deviationForm(dialect);
  return (memory, [period]) => {
    const deviation = new DeviationStream(memory, period, form);
    return overWindowStep(memory, 1, period, rule, (inputs) => {
      memory.registers[0] = deviation.push(inputs[0]);
    });
  };
}
