const U = 2 ** -53;
/** TA-Lib 0.6 answers 0 where the product of the squared deviations is below 1e-14. */
const TALIB_ZERO = 1e-14;

/**
 * How far a library's rounding may carry a correlation at each bar. pandas updates means and squares value by value,
 * TA-Lib takes differences of running sums; both lose what the largest value so far has more than the deviation.
 */
export function roundingOfCorrelation(
  x: Float64Array,
  y: Float64Array,
  period: number,
  library: "pandas" | "talib",
): Float64Array {
  let largestX = 0;
  let largestY = 0;
  return x.map((_, bar) => {
    if (!Number.isNaN(x[bar])) largestX = Math.max(largestX, Math.abs(x[bar]));
    if (!Number.isNaN(y[bar])) largestY = Math.max(largestY, Math.abs(y[bar]));
    if (bar < period - 1) return 0;
    const window = (column: Float64Array) => column.subarray(bar - period + 1, bar + 1);
    const [a, b] = [deviationOf(window(x)), deviationOf(window(y))];
    if (Number.isNaN(a + b)) return 0;
    if (library === "talib" && (a * b) ** 2 * period ** 2 < 2 * TALIB_ZERO) return Infinity;
    const steps = library === "talib" ? 4 * (bar + 2) : 16 * Math.sqrt(period);
    const [p, q] = [largestX / a, largestY / b];
    return steps * U * (p * p + q * q + p * q);
  });
}

/** Whether rounding leaves nothing of the answer, not even whether there is one. */
export function correlationIsOpen(rounding: number): boolean {
  return !(rounding < 1e-3);
}

function deviationOf(window: Float64Array): number {
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
  const square = window.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return window.every((value) => value === window[0]) ? 0 : Math.sqrt(square / window.length);
}
