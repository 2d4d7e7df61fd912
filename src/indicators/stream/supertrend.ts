import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { atrStream } from "./atr.ts";

/** SuperTrend bar by bar; na as in `supertrendKernel`. */
export function supertrendStream(): StreamForm {
  return (memory, [period, factor]) => {
    const atr = innerStream(memory, atrStream("tv"), [period]);
    const upper = memory.register(1, Number.NaN);
    const lower = memory.register(1, Number.NaN);
    const last = memory.register(1, Number.NaN);
    const down = memory.register(1, 1);
    return (inputs) => {
      const { registers } = memory;
      atr.pushAll(inputs);
      const width = factor * atr.output(0);
      const middle = (inputs[0] + inputs[1]) / 2;
      const top = middle + width;
      const bottom = middle - width;
      const price = inputs[2];
      if (!(top - top === 0 && bottom - bottom === 0 && price - price === 0)) {
        registers[0] = Number.NaN;
        registers[1] = Number.NaN;
        return;
      }
      const before = registers[last];
      if (!(bottom <= registers[lower] && before >= registers[lower])) registers[lower] = bottom;
      if (!(top >= registers[upper] && before <= registers[upper])) registers[upper] = top;
      if (before - before === 0) {
        const falls =
          registers[down] === 1 ? !(price > registers[upper]) : price < registers[lower];
        registers[down] = Number(falls);
      }
      registers[last] = price;
      registers[0] = finite(registers[down] === 1 ? registers[upper] : registers[lower]);
      registers[1] = registers[down] === 1 ? 1 : -1;
    };
  };
}
