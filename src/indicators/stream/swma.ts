import { overWindowStep, RecentStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** Symmetrically weighted moving average of 4 values bar by bar; na as in `swmaKernel`. */
export function swmaStream(): StreamForm {
  return (memory) => {
    const recent = new RecentStream(memory, 4);
    return overWindowStep(memory, 1, 4, "skip", (inputs) => {
      const i = recent.push(inputs[0]);
      if (i < 0) return;
      const { cells } = memory;
      memory.registers[0] = finite(
        (cells[i + 3] + 2 * cells[i + 2] + 2 * cells[i + 1] + cells[i]) / 6,
      );
    });
  };
}
