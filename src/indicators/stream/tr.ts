import type { StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** True range bar by bar; na as in `trKernel`. */
export function trStream(): StreamForm {
  return (memory, [handleNa]) => {
    const before = memory.register(1, Number.NaN);
    const alone = handleNa === 1 ? 0 : Number.NaN;
    return (inputs) => {
      const { registers } = memory;
      const high = inputs[0];
      const low = inputs[1];
      const last = registers[before];
      const range = high - low;
      const gap = Math.max(Math.abs(high - last), Math.abs(low - last));
      registers[before] = inputs[2];
      registers[0] = finite(last - last === 0 ? Math.max(range, gap) : range + alone);
    };
  };
}
