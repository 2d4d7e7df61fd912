import type { StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { isTrue } from "../truth.ts";

/** The source when a condition was true, bar by bar. */
export function valuewhenStream(): StreamForm {
  return (memory, [occurrence]) => {
    // One slot more than is read, so that a bar which is taken back has written over nothing.
    const size = occurrence + 2;
    const ring = memory.take(size, Number.NaN);
    const count = memory.register(1);
    return (inputs) => {
      const { registers, cells } = memory;
      if (isTrue(inputs[0])) {
        cells[ring + (registers[count] % size)] = finite(inputs[1]);
        registers[count]++;
      }
      const wanted = registers[count] - 1 - occurrence;
      registers[0] = wanted < 0 ? Number.NaN : cells[ring + (wanted % size)];
    };
  };
}
