import type { Dialect } from "../vector/kernel.ts";
import type { CorrelationForm } from "../vector/rolling/index.ts";

const NA_WHERE_FLAT: CorrelationForm = { floor: 0, flat: Number.NaN };

/** TA-Lib 0.6 asks TA_IS_ZERO_OR_NEG (below 1e-14) of the square, and answers 0. */
const TALIB: CorrelationForm = { floor: 1e-7, flat: 0 };

/** What a correlation is where a series does not vary. */
export function correlationForm(dialect: Dialect): CorrelationForm {
  return dialect === "talib" ? TALIB : NA_WHERE_FLAT;
}
