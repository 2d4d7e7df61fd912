import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { wmaStream } from "./line.ts";

/** Hull moving average bar by bar; na as in `hmaKernel`. */
export function hmaStream(): StreamForm {
  const wma = wmaStream();
  return (memory, [period]) => {
    const short = innerStream(memory, wma, [Math.floor(period / 2)]);
    const long = innerStream(memory, wma, [period]);
    const smooth = innerStream(memory, wma, [Math.floor(Math.sqrt(period))]);
    return (inputs) => {
      const x = inputs[0];
      memory.registers[0] = smooth.push(finite(2 * short.push(x) - long.push(x)));
    };
  };
}
