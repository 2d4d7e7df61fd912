import type { Dialect } from "../../vector/kernel.ts";
import {
  isNa,
  SeedStream,
  type StreamForm,
  type StreamMemory,
  type StreamStep,
} from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";
import { poisonableMeanStep } from "./poisonable-mean.ts";
import { weightedMeanStep } from "./weighted-mean.ts";

/** Wilder's moving average bar by bar; formulas and na as in `rmaKernel`. */
export function rmaStream(dialect: Dialect): StreamForm {
  const form = FORMS[dialect];
  return (memory, [period]) => form(memory, period);
}

type Form = (memory: StreamMemory, period: number) => StreamStep;

const FORMS: Record<Dialect, Form> = {
  tv: seeded,
  talib: seeded,
  backtrader: (memory, period) => poisonableMeanStep(memory, period, 1 / period),
  pandas: (memory, period) => weightedMeanStep(memory, 1 / period, 1),
  vectorbt: (memory, period) => weightedMeanStep(memory, 1 / period, period),
};

function seeded(memory: StreamMemory, period: number): StreamStep {
  const seed = new SeedStream(memory, period);
  const average = memory.register(1);
  const rest = period - 1;
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    if (isNa(x)) {
      registers[0] = Number.NaN;
      return;
    }
    if (seed.taken < period) registers[average] = seed.push(x);
    else registers[average] = (registers[average] * rest + x) / period;
    registers[0] = finite(registers[average]);
  };
}
