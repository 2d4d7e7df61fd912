import type { Dialect } from "../vector/kernel.ts";
import type { DeviationForm } from "../vector/rolling/index.ts";

/** How each library ends its standard deviation. */
export function deviationForm(dialect: Dialect): DeviationForm {
  return FORMS[dialect];
}

/** The same without the root, and in `talib` without the floor of its STDDEV, which its VAR has not. */
export function varianceForm(dialect: Dialect): DeviationForm {
  return { ...FORMS[dialect === "talib" ? "tv" : dialect], rooted: false };
}

const population: DeviationForm = { divisor: (n) => n * n, floor: 0, below: 0, rooted: true };

const FORMS: Record<Dialect, DeviationForm> = {
  tv: population,
  // TA_IS_ZERO_OR_NEG in ta_utility.h, TA-Lib 0.6; 0.4 had 1e-8.
  talib: { ...population, floor: 1e-14 },
  backtrader: { ...population, below: 1 },
  pandas: { ...population, divisor: (n) => n * (n - 1) },
  vectorbt: { ...population, below: 1 },
};
