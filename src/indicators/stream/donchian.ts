import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { highestStream, lowestStream } from "./extreme.ts";

/** Donchian channels bar by bar. */
export function donchianStream(): StreamForm {
  return (memory, params) => {
    const highest = innerStream(memory, highestStream("tv"), params);
    const lowest = innerStream(memory, lowestStream("tv"), params);
    return (inputs) => {
      const { registers } = memory;
      const upper = highest.push(inputs[0]);
      const lower = lowest.push(inputs[1]);
      registers[0] = finite((upper + lower) / 2);
      registers[1] = upper;
      registers[2] = lower;
    };
  };
}

/** Range bar by bar. */
export function rangeStream(): StreamForm {
  return (memory, params) => {
    const highest = innerStream(memory, highestStream("tv"), params);
    const lowest = innerStream(memory, lowestStream("tv"), params);
    return (inputs) => {
      memory.registers[0] = finite(highest.push(inputs[0]) - lowest.push(inputs[0]));
    };
  };
}
