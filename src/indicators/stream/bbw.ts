import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { bollingerStream } from "./bollinger.ts";

/** Bollinger bandwidth bar by bar. */
export function bbwStream(): StreamForm {
  return (memory, params) => {
    const bands = innerStream(memory, bollingerStream("tv"), params, 3);
    return (inputs) => {
      bands.pushAll(inputs);
      const width = bands.output(1) - bands.output(2);
      memory.registers[0] = finite((100 * width) / bands.output(0));
    };
  };
}
