import { indicator } from "../../src/indicators/registry.ts";
import { PERIOD, RSI_PERIOD } from "./peers.ts";

/** The numbers that the bench gives an indicator: RSI 14, everything else 20, two deviations. */
export function paramsOf(name: string): number[] {
  return definitionOf(name).params.map((p) =>
    p.name === "period" ? (name === "rsi" ? RSI_PERIOD : PERIOD) : (p.default ?? p.min),
  );
}

export function outputsOf(name: string, bars: number): Float64Array[] {
  return definitionOf(name).outputs.map(() => new Float64Array(bars));
}

function definitionOf(name: string) {
  const definition = indicator(name);
  if (definition === undefined) throw new Error(`no indicator ${name}`);
  return definition;
}

/** Minute bars of a random walk, 0.1 % a bar at most, on a grid of cents; the same in every run. */
export function walk(bars: number): Float64Array {
  let state = 1;
  let price = 100;
  return Float64Array.from({ length: bars }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    price *= 1 + (state / 2 ** 31) * 0.001;
    return Math.round(price * 100) / 100;
  });
}
