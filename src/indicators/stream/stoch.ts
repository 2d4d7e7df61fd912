import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { highestStream, lowestStream } from "./extreme.ts";
import { rsiStream } from "./rsi.ts";
import { smaStream } from "./sma.ts";

/** Stochastic oscillator bar by bar; na as in `stochKernel`. */
export function stochStream(): StreamForm {
  const highest = highestStream("tv");
  const lowest = lowestStream("tv");
  return (memory, params) => {
    const tops = innerStream(memory, highest, params);
    const bottoms = innerStream(memory, lowest, params);
    return (inputs) => {
      const top = tops.push(inputs[1]);
      const bottom = bottoms.push(inputs[2]);
      memory.registers[0] = finite((100 * (inputs[0] - bottom)) / (top - bottom));
    };
  };
}

/** Stochastic RSI bar by bar; na as in `stochrsiKernel`. */
export function stochrsiStream(): StreamForm {
  const sma = smaStream("tv");
  return (memory, [strength, window, first, second]) => {
    const rsi = innerStream(memory, rsiStream("tv"), [strength]);
    const stoch = innerStream(memory, stochStream(), [window]);
    const k = innerStream(memory, sma, [first]);
    const d = innerStream(memory, sma, [second]);
    const bar = new Float64Array(3);
    return (inputs) => {
      const { registers } = memory;
      bar.fill(rsi.push(inputs[0]));
      stoch.pushAll(bar);
      registers[0] = k.push(stoch.output(0));
      registers[1] = d.push(registers[0]);
    };
  };
}

/** Williams %R bar by bar; na as in `wprKernel`. */
export function wprStream(): StreamForm {
  const highest = highestStream("tv");
  const lowest = lowestStream("tv");
  return (memory, params) => {
    const tops = innerStream(memory, highest, params);
    const bottoms = innerStream(memory, lowest, params);
    return (inputs) => {
      const top = tops.push(inputs[0]);
      const bottom = bottoms.push(inputs[1]);
      memory.registers[0] = finite((100 * (inputs[2] - top)) / (top - bottom));
    };
  };
}
