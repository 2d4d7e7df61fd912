import { innerStream, type StreamForm, type StreamMemory } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { emaStream } from "./ema.ts";
import { trStream } from "./tr.ts";

/** Keltner channels bar by bar. */
export function kcStream(): StreamForm {
  return (memory, [period, multiplier, trueRange]) => {
    const averages = averagesStream(memory, period, trueRange);
    return (inputs) => {
      const pair = averages(inputs);
      const far = multiplier * pair[1];
      memory.registers[0] = pair[0];
      memory.registers[1] = finite(pair[0] + far);
      memory.registers[2] = finite(pair[0] - far);
    };
  };
}

/** Keltner channel width bar by bar. */
export function kcwStream(): StreamForm {
  return (memory, [period, multiplier, trueRange]) => {
    const averages = averagesStream(memory, period, trueRange);
    return (inputs) => {
      const pair = averages(inputs);
      memory.registers[0] = finite((2 * multiplier * pair[1]) / pair[0]);
    };
  };
}

/** The middle and the average range of a bar, in an array that is used again. */
function averagesStream(
  memory: StreamMemory,
  period: number,
  trueRange: number,
): (inputs: Float64Array) => Float64Array {
  const mean = innerStream(memory, emaStream("tv"), [period]);
  const range = innerStream(memory, trStream(), [0]);
  const width = innerStream(memory, emaStream("tv"), [period]);
  const bar = new Float64Array(3);
  const averages = new Float64Array(2);
  return (inputs) => {
    const high = inputs[1];
    const low = inputs[2];
    bar[0] = high;
    bar[1] = low;
    bar[2] = inputs[3];
    range.pushAll(bar);
    averages[0] = mean.push(inputs[0]);
    averages[1] = width.push(trueRange === 1 ? range.output(0) : finite(high - low));
    return averages;
  };
}
