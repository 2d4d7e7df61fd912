import {
  MeanStream,
  overWindowStep,
  RecentStream,
  type StreamForm,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { meanDeviation } from "./mean-deviation.ts";

/** Commodity channel index bar by bar; na as in `cciKernel`. */
export function cciStream(): StreamForm {
  return (memory, [period]) => {
    const means = new MeanStream(memory, period);
    const recent = new RecentStream(memory, period);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      const x = inputs[0];
      const mean = means.push(x);
      const start = recent.push(x);
      if (start < 0) return;
      const deviation = meanDeviation(memory.cells, start, period, mean);
      memory.registers[0] = finite((x - mean) / (0.015 * deviation));
    });
  };
}
