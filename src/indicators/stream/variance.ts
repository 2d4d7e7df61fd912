import type { Dialect } from "../../vector/kernel.ts";
import { innerStream, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { stdDevStream } from "./std-dev.ts";

/** Variance bar by bar: the square of `stdDevStream`, without TA-Lib's floor. */
export function varianceStream(dialect: Dialect): StreamForm {
  return (memory, params) => {
    const deviation = innerStream(
      memory,
      stdDevStream(dialect === "talib" ? "tv" : dialect),
      params,
    );
    return (inputs) => {
      const value = deviation.push(inputs[0]);
      memory.registers[0] = finite(value * value);
    };
  };
}
