import type { Dialect } from "../../vector/kernel.ts";
import { CorrelationStream, isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";
import { correlationForm } from "../correlation-form.ts";

/** Correlation bar by bar; na as in `correlationKernel`. */
export function correlationStream(dialect: Dialect): StreamForm {
  const carries = windowRule(dialect) === "skip";
  const form = correlationForm(dialect);
  return (memory, [period]) => {
    const pairs = new CorrelationStream(memory, period, form);
    const run = memory.register(1);
    return (inputs) => {
      const { registers } = memory;
      const x = inputs[0];
      const y = inputs[1];
      const missing = isNa(x) || isNa(y);
      if (!missing) registers[0] = pairs.push(x, y);
      registers[run] = missing ? 0 : registers[run] + 1;
      if (!carries && registers[run] < period) registers[0] = Number.NaN;
    };
  };
}
