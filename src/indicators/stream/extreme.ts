import type { Dialect } from "../../vector/kernel.ts";
import { ExtremeStream, overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { windowRule } from "../conventions.ts";

/** Highest value of the last n bar by bar; na as in `highestKernel`. */
export function highestStream(dialect: Dialect): StreamForm {
  return extremeStream(dialect, 1);
}

/** Lowest value of the last n bar by bar; na as in `lowestKernel`. */
export function lowestStream(dialect: Dialect): StreamForm {
  return extremeStream(dialect, -1);
}

function extremeStream(dialect: Dialect, sign: 1 | -1): StreamForm {
  const rule = windowRule(dialect);
  return (memory, [period]) => {
    const extreme = new ExtremeStream(memory, period, sign);
    return overWindowStep(memory, 1, period, rule, (inputs) => {
      memory.registers[0] = extreme.push(inputs[0]);
    });
  };
}
