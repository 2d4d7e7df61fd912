import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { smaStream } from "./sma.ts";

/** Volume-weighted moving average bar by bar; na as in `vwmaKernel`. */
export function vwmaStream(): StreamForm {
  const sma = smaStream("tv");
  return (memory, params) => {
    const flow = innerStream(memory, sma, params);
    const weight = innerStream(memory, sma, params);
    return (inputs) => {
      const x = inputs[0];
      const volume = inputs[1];
      memory.registers[0] = finite(flow.push(finite(x * volume)) / weight.push(volume));
    };
  };
}
