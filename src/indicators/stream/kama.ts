import {
  LagStream,
  MeanStream,
  overWindowStep,
  type StreamForm,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** Kaufman's adaptive moving average bar by bar; formula and na as in `kamaKernel`. */
export function kamaStream(): StreamForm {
  return (memory, [period, fast, slow]) => {
    const slowest = 2 / (slow + 1);
    const span = 2 / (fast + 1) - slowest;
    const lag = new LagStream(memory, period);
    const paths = new MeanStream(memory, period, 1);
    const last = memory.register(3, Number.NaN);
    const taken = last + 1;
    const average = last + 2;
    memory.registers[taken] = 0;
    return overWindowStep(memory, 1, period + 1, "skip", (inputs) => {
      const { registers } = memory;
      const x = inputs[0];
      const way = Math.abs(x - lag.push(x));
      const count = registers[taken];
      registers[taken] = Math.min(period, count + 1);
      const path = count > 0 ? paths.push(Math.abs(x - registers[last])) : Number.NaN;
      registers[last] = x;
      if (count < period) {
        registers[average] = x;
        return;
      }
      const before = registers[average];
      const smooth = (path > way ? way / path : 1) * span + slowest;
      const value = before + smooth * smooth * (x - before);
      registers[average] = value;
      registers[0] = finite(value);
    });
  };
}
