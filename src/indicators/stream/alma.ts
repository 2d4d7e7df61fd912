import { overWindowStep, RecentStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { gaussian } from "../gaussian.ts";

/** Arnaud Legoux moving average bar by bar; weights and na as in `almaKernel`. */
export function almaStream(): StreamForm {
  return (memory, [period, center, sigma]) => {
    const weights = gaussian(period, center, sigma);
    const recent = new RecentStream(memory, period);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      const start = recent.push(inputs[0]);
      if (start < 0) return;
      const { cells } = memory;
      let sum = 0;
      for (let j = 0; j < period; j++) sum += weights[j] * cells[start + j];
      memory.registers[0] = finite(sum);
    });
  };
}
