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

/** Exponential moving average bar by bar; formulas and na as in `emaKernel`. */
export function emaStream(dialect: Dialect): StreamForm {
  const form = FORMS[dialect];
  return (memory, [period]) => form(memory, period);
}

type Form = (memory: StreamMemory, period: number) => StreamStep;

const FORMS: Record<Dialect, Form> = {
  tv: seeded,
  talib: seeded,
  backtrader: (memory, period) => poisonableMeanStep(memory, period, 2 / (period + 1)),
  pandas: (memory, period) => weightedMeanStep(memory, 2 / (period + 1), 1),
  vectorbt: (memory, period) => weightedMeanStep(memory, 2 / (period + 1), period),
};

function seeded(memory: StreamMemory, period: number): StreamStep {
  const seed = new SeedStream(memory, period);
  const average = memory.register(1);
  const k = 2 / (period + 1);
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    if (isNa(x)) {
      registers[0] = Number.NaN;
      return;
    }
    // Each branch writes for itself: what both a call and a sum may give is boxed.
    if (seed.taken < period) registers[average] = seed.push(x);
    else registers[average] += k * (x - registers[average]);
    registers[0] = finite(registers[average]);
  };
}
