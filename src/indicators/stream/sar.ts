import { isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

const STOP = 0;
const EXTREME = 1;
const ACCELERATION = 2;
const UP = 3;
/** Defined bars; of the last of them high, low and close, of the one before high and low. */
const TAKEN = 4;
const HIGH = 5;
const LOW = 6;
const CLOSE = 7;
const HIGH_BEFORE = 8;
const LOW_BEFORE = 9;
const REGISTERS = 10;

/** Parabolic SAR bar by bar, in the steps of `sarKernel`. */
export function sarStream(): StreamForm {
  return (memory, [start, increment, maximum]) => {
    const at = memory.register(REGISTERS);
    memory.registers[at + ACCELERATION] = start;
    return (inputs) => {
      const { registers } = memory;
      const high = inputs[0];
      const low = inputs[1];
      const close = inputs[2];
      registers[0] = Number.NaN;
      if (isNa(high + low + close)) return;
      const taken = registers[at + TAKEN];
      const highOne = registers[at + HIGH];
      const lowOne = registers[at + LOW];
      if (taken > 0) {
        let stop = registers[at + STOP];
        let extreme = registers[at + EXTREME];
        let acceleration = registers[at + ACCELERATION];
        let up = registers[at + UP] === 1;
        let first = taken === 1;
        if (first) {
          up = close > registers[at + CLOSE];
          stop = up ? lowOne : highOne;
          extreme = up ? high : low;
        }
        stop += acceleration * (extreme - stop);
        if (up ? stop > low : stop < high) {
          stop = up ? Math.max(high, extreme) : Math.min(low, extreme);
          extreme = up ? low : high;
          up = !up;
          acceleration = start;
          first = true;
        }
        if (!first && (up ? high > extreme : low < extreme)) {
          extreme = up ? high : low;
          acceleration = Math.min(acceleration + increment, maximum);
        }
        const highTwo = taken === 1 ? highOne : registers[at + HIGH_BEFORE];
        const lowTwo = taken === 1 ? lowOne : registers[at + LOW_BEFORE];
        stop = up ? Math.min(stop, lowOne, lowTwo) : Math.max(stop, highOne, highTwo);
        registers[at + STOP] = stop;
        registers[at + EXTREME] = extreme;
        registers[at + ACCELERATION] = acceleration;
        registers[at + UP] = Number(up);
        registers[0] = finite(stop);
      }
      registers[at + TAKEN] = Math.min(2, taken + 1);
      registers[at + HIGH_BEFORE] = highOne;
      registers[at + LOW_BEFORE] = lowOne;
      registers[at + HIGH] = high;
      registers[at + LOW] = low;
      registers[at + CLOSE] = close;
    };
  };
}
