import { overWindowStep, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { meanDeviationStream } from "./mean-deviation.ts";

/** Mean absolute deviation bar by bar. */
export function devStream(): StreamForm {
  return (memory, [period]) => {
    const deviation = meanDeviationStream(memory, period);
    return overWindowStep(memory, 1, period, "skip", (inputs) => {
      memory.registers[0] = finite(deviation.push(inputs[0]));
    });
  };
}
