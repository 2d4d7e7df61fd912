import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { emaStream } from "./ema.ts";
import { trStream } from "./tr.ts";

/** Keltner channels bar by bar. */
export function kcStream(): StreamForm {
  return (memory, [period, multiplier, trueRange]) => {
    const mean = innerStream(memory, emaStream("tv"), [period]);
    const range = innerStream(memory, trStream(), [0]);
    const width = innerStream(memory, emaStream("tv"), [period]);
    const bar = new Float64Array(3);
    return (inputs) => {
      const { registers } = memory;
      const high = inputs[1];
      const low = inputs[2];
      bar[0] = high;
      bar[1] = low;
      bar[2] = inputs[3];
      range.pushAll(bar);
      const middle = mean.push(inputs[0]);
      const far = multiplier * width.push(trueRange === 1 ? range.output(0) : finite(high - low));
      registers[0] = middle;
      registers[1] = finite(middle + far);
      registers[2] = finite(middle - far);
    };
  };
}

/** Keltner channel width bar by bar. */
export function kcwStream(): StreamForm {
  return (memory, params) => {
    const bands = innerStream(memory, kcStream(), params, 3);
    return (inputs) => {
      bands.pushAll(inputs);
      memory.registers[0] = finite((bands.output(1) - bands.output(2)) / bands.output(0));
    };
  };
}
