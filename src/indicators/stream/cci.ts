import { overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { meanDeviationStream } from "./mean-deviation.ts";

/** Commodity channel index bar by bar; na as in `cciKernel`. */
export function cciStream(): StreamForm {
  return (memory, [period]) => {
    const deviation = meanDeviationStream(memory, period);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      const size = deviation.push(inputs[0]);
      memory.registers[0] = finite((inputs[0] - deviation.mean) / (0.015 * size));
    });
  };
}
