import type { Dialect } from "../../vector/kernel.ts";
import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { emaStream } from "./ema.ts";
import { rmaStream } from "./rma.ts";
import { trStream } from "./tr.ts";

/** Average true range bar by bar; ranges and averages as in `atrKernel`. */
export function atrStream(dialect: Dialect): StreamForm {
  const later = dialect === "talib" || dialect === "backtrader";
  const average =
    dialect === "vectorbt" ? emaStream(dialect) : rmaStream(dialect === "pandas" ? "tv" : dialect);
  return (memory, [period]) => {
    const range = innerStream(memory, trStream(), [later ? 0 : 1]);
    const mean = innerStream(memory, average, [period]);
    return (inputs) => {
      range.pushAll(inputs);
      memory.registers[0] = mean.push(range.output(0));
    };
  };
}
