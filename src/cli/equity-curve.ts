import { sparkline } from "../report/sparkline.ts";
import { hasUnicode } from "./io.ts";

/** About as wide as the table of metrics below it. */
const CELLS = 60;

/** Equity as a line for this terminal. */
export function equityCurve(equity: Float64Array): string {
  return sparkline(equity, CELLS, hasUnicode(process.env));
}
