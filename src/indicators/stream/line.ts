import { LineStream, overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** Linearly weighted moving average bar by bar; na as in `wmaKernel`. */
export function wmaStream(): StreamForm {
  return (memory, [period]) => {
    const weight = 2 / (period * (period + 1));
    const line = new LineStream(memory, period, weight, weight);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      memory.registers[0] = finite(line.push(inputs[0]));
    });
  };
}

/** Linear regression bar by bar; coefficients and na as in `linregKernel`. */
export function linregStream(): StreamForm {
  return (memory, [period, shift]) => {
    const middle = (period - 1) / 2;
    const slope = (12 / (period * (period * period - 1))) * (middle - shift);
    const line = new LineStream(memory, period, 1 / period - slope * middle, slope);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      memory.registers[0] = finite(line.push(inputs[0]));
    });
  };
}
