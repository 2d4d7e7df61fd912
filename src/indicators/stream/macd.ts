import type { Dialect } from "../../vector/kernel.ts";
import { innerStream, isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { emaStream } from "./ema.ts";
import { smaStream } from "./sma.ts";

/** Moving average convergence divergence bar by bar; averages and na as in `macdKernel`. */
export function macdStream(dialect: Dialect): StreamForm {
  if (dialect === "talib") return together;
  const average = dialect === "vectorbt" ? smaStream(dialect) : emaStream(dialect);
  return (memory, [fast, slow, smooth]) => {
    const short = innerStream(memory, average, [fast]);
    const long = innerStream(memory, average, [slow]);
    const signals = innerStream(memory, average, [smooth]);
    return (inputs) => {
      const { registers } = memory;
      const x = inputs[0];
      const line = finite(short.push(x) - long.push(x));
      const signal = signals.push(line);
      registers[0] = line;
      registers[1] = signal;
      registers[2] = finite(line - signal);
    };
  };
}

/** Both averages start at the bar of the slow one; the line is na until the signal is there. */
const together: StreamForm = (memory, [one, other, smooth]) => {
  const average = emaStream("talib");
  const fast = Math.min(one, other);
  const slow = Math.max(one, other);
  const short = innerStream(memory, average, [fast]);
  const long = innerStream(memory, average, [slow]);
  const signals = innerStream(memory, average, [smooth]);
  const skipped = memory.register(2);
  const started = skipped + 1;
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    const skip = registers[skipped] < slow - fast;
    if (skip && (registers[skipped] > 0 || !isNa(x))) registers[skipped]++;
    const line = finite(short.push(skip ? Number.NaN : x) - long.push(x));
    const signal = signals.push(line);
    if (!isNa(signal)) registers[started] = 1;
    registers[0] = registers[started] === 1 ? line : Number.NaN;
    registers[1] = signal;
    registers[2] = finite(line - signal);
  };
};
