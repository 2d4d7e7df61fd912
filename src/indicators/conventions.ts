import type { Dialect } from "../vector/kernel.ts";
import type { NaRule } from "../vector/rolling/index.ts";

/** Longest period of any indicator. */
export const MAX_PERIOD = 100_000;

/** What TradingView takes as no difference in `cmo`, `mfi`, `dmi`, `rising` and `falling`. */
export const TOLERANCE = 1e-10;

/** na inside a window: TradingView skips it and carries the value; the Python libraries answer na. */
export function windowRule(dialect: Dialect): NaRule {
  return dialect === "tv" || dialect === "talib" ? "skip" : "require";
}
