import { overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { SortedWindowStream } from "./sorted-window.ts";

/** Mode bar by bar. */
export function modeStream(): StreamForm {
  return (memory, [period]) => {
    const window = new SortedWindowStream(memory, period - 1);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      if (window.push(inputs[0])) memory.registers[0] = window.mostFrequent();
    });
  };
}
