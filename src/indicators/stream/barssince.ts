import type { StreamForm } from "../../vector/rolling/index.ts";
import { isTrue } from "../truth.ts";

/** Bars since a condition was true, bar by bar. */
export function barssinceStream(): StreamForm {
  return (memory) => {
    const since = memory.register(1, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const bars = isTrue(inputs[0]) ? 0 : registers[since] + 1;
      registers[since] = bars;
      registers[0] = bars;
    };
  };
}
