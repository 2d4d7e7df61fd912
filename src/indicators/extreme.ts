import type { Dialect, Kernel } from "../vector/kernel.ts";
import { overWindow, rollingExtreme } from "../vector/rolling/index.ts";
import { windowRule } from "./conventions.ts";

/** The kernel of highest (`sign` 1) and lowest (-1). */
export function extremeKernel(dialect: Dialect, sign: 1 | -1): Kernel {
  const rule = windowRule(dialect);
  return (sources, params, outputs) =>
    overWindow(
      (source, from, period, [out]) => rollingExtreme(source, from, period, sign, out),
      sources[0],
      params[0],
      outputs,
      rule,
    );
}
