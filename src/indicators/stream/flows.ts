import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { TOLERANCE } from "../conventions.ts";
import { finite } from "../finite.ts";
import { cumStream, sumStream } from "./sum.ts";

/** Chande momentum oscillator bar by bar; na as in `cmoKernel`. */
export function cmoStream(): StreamForm {
  const sum = sumStream();
  return (memory, params) => {
    const rises = innerStream(memory, sum, params);
    const falls = innerStream(memory, sum, params);
    const last = memory.register(1, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const change = finite(inputs[0] - registers[last]);
      registers[last] = inputs[0];
      const rose = change >= -TOLERANCE;
      const up = rises.push(rose ? change : 0 * change);
      const down = falls.push(rose ? 0 : -change);
      registers[0] = finite((100 * (up - down)) / (up + down));
    };
  };
}

/** Money flow index bar by bar; na as in `mfiKernel`. */
export function mfiStream(): StreamForm {
  const sum = sumStream();
  return (memory, params) => {
    const rises = innerStream(memory, sum, params);
    const falls = innerStream(memory, sum, params);
    const last = memory.register(1, Number.NaN);
    return (inputs) => {
      const x = inputs[0];
      const volume = inputs[1];
      const { registers } = memory;
      const change = finite(x - registers[last]);
      registers[last] = x;
      const flow = finite(x * volume);
      const up = rises.push(change <= TOLERANCE ? 0 * flow : flow);
      const down = falls.push(change >= -TOLERANCE ? 0 * flow : flow);
      if (down === 0 && up - up === 0) registers[0] = 100;
      else registers[0] = finite(100 - 100 / (1 + up / down));
    };
  };
}

/** On-balance volume bar by bar; na as in `obvKernel`. */
export function obvStream(): StreamForm {
  const cum = cumStream();
  return (memory) => {
    const sum = innerStream(memory, cum, []);
    const last = memory.register(1, Number.NaN);
    return (inputs) => {
      const close = inputs[0];
      const volume = inputs[1];
      const { registers } = memory;
      const change = finite(close - registers[last]);
      registers[last] = close;
      registers[0] = sum.push(Math.sign(change) * volume);
    };
  };
}
