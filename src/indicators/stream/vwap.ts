import { isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { sessionOf } from "../session.ts";

const SESSION = 0;
const PIVOT = 1;
const VOLUME = 2;
const FLOW = 3;
const SQUARE = 4;
const REGISTERS = 5;

/** Volume-weighted average price and its bands bar by bar; na as in `vwapKernel`. */
export function vwapStream(): StreamForm {
  return (memory, [minutes, months, start, deviations]) => {
    const form = { minutes, months, start };
    const at = memory.register(REGISTERS, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const x = inputs[0];
      const v = inputs[1];
      const time = inputs[2];
      if (isNa(x) || isNa(v) || isNa(time)) {
        registers.fill(Number.NaN, 0, 3);
        return;
      }
      const session = sessionOf(time, form);
      if (session !== registers[at + SESSION] || registers[at + VOLUME] === 0) {
        registers[at + SESSION] = session;
        registers[at + PIVOT] = x;
        registers.fill(0, at + VOLUME, at + REGISTERS);
      }
      const pivot = registers[at + PIVOT];
      const d = x - pivot;
      const total = registers[at + VOLUME] + v;
      const flow = registers[at + FLOW] + v * d;
      const square = registers[at + SQUARE] + v * d * d;
      registers[at + VOLUME] = total;
      registers[at + FLOW] = flow;
      registers[at + SQUARE] = square;
      const mean = flow / total;
      const width = deviations * Math.sqrt(Math.max(0, square / total - mean * mean));
      registers[0] = finite(pivot + mean);
      registers[1] = finite(pivot + mean + width);
      registers[2] = finite(pivot + mean - width);
    };
  };
}
