import { LagStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** x less x n bars ago, bar by bar: `mom` and `change`. */
export function differenceStream(): StreamForm {
  return (memory, [period]) => {
    const lag = new LagStream(memory, period);
    return (inputs) => {
      memory.registers[0] = finite(inputs[0] - lag.push(inputs[0]));
    };
  };
}

/** Rate of change in percent bar by bar; na as in `rocKernel`. */
export function rocStream(): StreamForm {
  return (memory, [period]) => {
    const lag = new LagStream(memory, period);
    return (inputs) => {
      const before = lag.push(inputs[0]);
      memory.registers[0] = finite((100 * (inputs[0] - before)) / before);
    };
  };
}
