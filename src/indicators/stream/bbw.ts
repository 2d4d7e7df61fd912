import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { smaStream } from "./sma.ts";
import { stdDevStream } from "./std-dev.ts";

/** Bollinger bandwidth bar by bar. */
export function bbwStream(): StreamForm {
  return (memory, [period, deviations]) => {
    const mean = innerStream(memory, smaStream("tv"), [period]);
    const deviation = innerStream(memory, stdDevStream("tv"), [period]);
    return (inputs) => {
      const middle = mean.push(inputs[0]);
      const size = deviation.push(inputs[0]);
      memory.registers[0] = finite((200 * deviations * size) / middle);
    };
  };
}
