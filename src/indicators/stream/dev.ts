import {
  MeanStream,
  overWindowStep,
  RecentStream,
  type StreamForm,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { meanDeviation } from "./mean-deviation.ts";

/** Mean absolute deviation bar by bar. */
export function devStream(): StreamForm {
  return (memory, [period]) => {
    const means = new MeanStream(memory, period);
    const recent = new RecentStream(memory, period);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      const mean = means.push(inputs[0]);
      const start = recent.push(inputs[0]);
      if (start >= 0)
        memory.registers[0] = finite(meanDeviation(memory.cells, start, period, mean));
    });
  };
}
