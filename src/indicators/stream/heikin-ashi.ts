import { isNa, type StreamForm } from "../../vector/rolling/index.ts";

/** Heikin-Ashi bars bar by bar; na as in `heikinAshiKernel`. */
export function heikinAshiStream(): StreamForm {
  return (memory) => {
    const body = memory.register(2, Number.NaN);
    return (inputs) => {
      const { registers } = memory;
      const open = inputs[0];
      const high = inputs[1];
      const low = inputs[2];
      const close = inputs[3];
      if (isNa(open) || isNa(high) || isNa(low) || isNa(close)) {
        registers.fill(Number.NaN, 0, 4);
        return;
      }
      const lastOpen = registers[body];
      const nextOpen = Number.isNaN(lastOpen)
        ? 0.5 * open + 0.5 * close
        : 0.5 * lastOpen + 0.5 * registers[body + 1];
      const nextClose = 0.25 * open + 0.25 * high + 0.25 * low + 0.25 * close;
      registers[body] = nextOpen;
      registers[body + 1] = nextClose;
      registers[0] = nextOpen;
      registers[1] = Math.max(high, nextOpen, nextClose);
      registers[2] = Math.min(low, nextOpen, nextClose);
      registers[3] = nextClose;
    };
  };
}
