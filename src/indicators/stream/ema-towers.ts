import { logarithm } from "../../vector/logarithm.ts";
import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { emaStream } from "./ema.ts";

/** Double exponential moving average bar by bar; na as in `demaKernel`. */
export function demaStream(): StreamForm {
  const ema = emaStream("tv");
  return (memory, params) => {
    const once = innerStream(memory, ema, params);
    const twice = innerStream(memory, ema, params);
    return (inputs) => {
      const first = once.push(inputs[0]);
      memory.registers[0] = finite(2 * first - twice.push(first));
    };
  };
}

/** Triple exponential moving average bar by bar; na as in `temaKernel`. */
export function temaStream(): StreamForm {
  const ema = emaStream("tv");
  return (memory, params) => {
    const once = innerStream(memory, ema, params);
    const twice = innerStream(memory, ema, params);
    const thrice = innerStream(memory, ema, params);
    return (inputs) => {
      const first = once.push(inputs[0]);
      const second = twice.push(first);
      memory.registers[0] = finite(3 * (first - second) + thrice.push(second));
    };
  };
}

/** TRIX bar by bar; na as in `trixKernel`. */
export function trixStream(): StreamForm {
  const ema = emaStream("tv");
  return (memory, params) => {
    const once = innerStream(memory, ema, params);
    const twice = innerStream(memory, ema, params);
    const thrice = innerStream(memory, ema, params);
    const last = memory.register(1, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const average = thrice.push(twice.push(once.push(finite(logarithm(inputs[0])))));
      registers[0] = finite(average - registers[last]) * 10000;
      registers[last] = average;
    };
  };
}
