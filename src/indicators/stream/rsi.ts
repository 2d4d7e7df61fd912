import type { Dialect } from "../../vector/kernel.ts";
import type { StreamForm, StreamMemory, StreamStep } from "../../vector/rolling/index.ts";
import { cutlerRsiStep, weightedRsiStep } from "./rsi-plain.ts";
import { wilderRsiStep } from "./rsi-wilder.ts";

/** Relative strength index bar by bar; averages and na as in `rsiKernel`. */
export function rsiStream(dialect: Dialect): StreamForm {
  const form = FORMS[dialect];
  return (memory, [period]) => form(memory, period);
}

type Form = (memory: StreamMemory, period: number) => StreamStep;

const FORMS: Record<Dialect, Form> = {
  tv: (memory, period) => wilderRsiStep(memory, period, Number.NaN, false),
  talib: (memory, period) => wilderRsiStep(memory, period, 0, false),
  backtrader: (memory, period) => wilderRsiStep(memory, period, 50, true),
  pandas: weightedRsiStep,
  vectorbt: cutlerRsiStep,
};
