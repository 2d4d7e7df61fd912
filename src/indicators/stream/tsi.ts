import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { emaStream } from "./ema.ts";

/** True strength index bar by bar; na as in `tsiKernel`. */
export function tsiStream(): StreamForm {
  const ema = emaStream("tv");
  return (memory, [short, long]) => {
    const changes = innerStream(memory, ema, [long]);
    const smoothed = innerStream(memory, ema, [short]);
    const sizes = innerStream(memory, ema, [long]);
    const smoothedSizes = innerStream(memory, ema, [short]);
    const last = memory.register(1, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const change = finite(inputs[0] - registers[last]);
      registers[last] = inputs[0];
      const way = smoothed.push(changes.push(change));
      registers[0] = finite(way / smoothedSizes.push(sizes.push(Math.abs(change))));
    };
  };
}
