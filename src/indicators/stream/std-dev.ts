import type { Dialect } from "../../vector/kernel.ts";
import {
  type DeviationForm,
  DeviationStream,
  type NaRule,
  overWindowStep,
  type StreamForm,
} from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";
import { deviationForm, varianceForm } from "../deviation-form.ts";

/** Standard deviation bar by bar; divisors and na as in `stdDevKernel`. */
export function stdDevStream(dialect: Dialect): StreamForm {
  return deviationStream(windowRule(dialect), deviationForm(dialect));
}

/** Variance bar by bar, as in `varianceKernel`. */
export function varianceStream(dialect: Dialect): StreamForm {
  return deviationStream(windowRule(dialect), varianceForm(dialect));
}

function deviationStream(rule: NaRule, form: DeviationForm): StreamForm {
  return (memory, [period]) => {
    const deviation = new DeviationStream(memory, period, form);
    return overWindowStep(memory, 1, period, rule, (inputs) => {
      memory.registers[0] = deviation.push(inputs[0]);
    });
  };
}
