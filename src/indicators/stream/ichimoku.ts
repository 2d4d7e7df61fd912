import {
  innerStream,
  LagStream,
  type StreamForm,
  type StreamMemory,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { highestStream, lowestStream } from "./extreme.ts";

/** Ichimoku lines bar by bar; na as in `ichimokuKernel`. */
export function ichimokuStream(): StreamForm {
  return (memory, [conversionPeriod, basePeriod, spanPeriod, displacement]) => {
    const conversion = middleStep(memory, conversionPeriod);
    const base = middleStep(memory, basePeriod);
    const span = middleStep(memory, spanPeriod);
    const leadA = new LagStream(memory, displacement - 1);
    const leadB = new LagStream(memory, displacement - 1);
    return (inputs) => {
      const { registers } = memory;
      const high = inputs[0];
      const low = inputs[1];
      registers[0] = conversion(high, low);
      registers[1] = base(high, low);
      registers[2] = leadA.push(finite((registers[0] + registers[1]) / 2));
      registers[3] = leadB.push(span(high, low));
    };
  };
}

/** Middle between the highest high and the lowest low of the last bars. */
function middleStep(memory: StreamMemory, period: number) {
  const highest = innerStream(memory, highestStream("tv"), [period]);
  const lowest = innerStream(memory, lowestStream("tv"), [period]);
  return (high: number, low: number) => finite((highest.push(high) + lowest.push(low)) / 2);
}
