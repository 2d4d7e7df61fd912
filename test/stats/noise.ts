import { normal, uniform } from "../../fixtures/random.ts";

/** Independent returns, nearly normal, with this mean and deviation. */
export function noise(seed: number, length: number, mean = 0, deviation = 0.01): Float64Array {
  const next = normal(uniform(seed));
  return Float64Array.from({ length }, () => mean + deviation * next());
}

export function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0) / values.length;
}

/** With ddof 1. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  const squares = Array.from(values, (x) => (x - mean) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / (values.length - 1));
}
