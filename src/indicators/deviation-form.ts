import type { Dialect } from "../vector/kernel.ts";
import type { DeviationForm } from "../vector/rolling/index.ts";

/** How each library ends its standard deviation. */
export function deviationForm(dialect: Dialect): DeviationForm {
  return FORMS[dialect];
}

const population: DeviationForm = { divisor: (n) => n * n, floor: 0, below: 0 };

const FORMS: Record<Dialect, DeviationForm> = {
  tv: population,
  // TA_IS_ZERO_OR_NEG in ta_utility.h, TA-Lib 0.6; 0.4 had 1e-8.
  talib: { divisor: (n) => n * n, floor: 1e-14, below: 0 },
  backtrader: { divisor: (n) => n * n, floor: 0, below: 1 },
  pandas: { divisor: (n) => n * (n - 1), floor: 0, below: 0 },
  vectorbt: { divisor: (n) => n * n, floor: 0, below: 1 },
};
