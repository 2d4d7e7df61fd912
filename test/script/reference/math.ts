import type { Site } from "./site.ts";
import { onGrid } from "./tick.ts";
import { finite, isNa, na, toBool, toNumber, type Value } from "./values.ts";

const one =
  (f: (x: number) => number) =>
  (site: Site): Value =>
    finite(f(site.number(0, "number", "x", "value", "angle")));
const numbers = (site: Site): number[] => site.values.map(toNumber);

/** Half away from zero, as far as a double tells. */
export function rounded(x: number): number {
  return x < 0 ? -Math.round(-x) : Math.round(x);
}

export const math: Readonly<Record<string, (site: Site) => Value>> = {
  "math.abs": one(Math.abs),
  "math.sign": one(Math.sign),
  "math.floor": one(Math.floor),
  "math.ceil": one(Math.ceil),
  "math.sqrt": one(Math.sqrt),
  "math.exp": one(Math.exp),
  "math.log": one(Math.log),
  "math.log10": one(Math.log10),
  "math.sin": one(Math.sin),
  "math.cos": one(Math.cos),
  "math.tan": one(Math.tan),
  "math.asin": one(Math.asin),
  "math.acos": one(Math.acos),
  "math.atan": one(Math.atan),
  "math.todegrees": one((x) => (x * 180) / Math.PI),
  "math.toradians": one((x) => (x * Math.PI) / 180),
  "math.pow": (site) => finite(site.number(0, "base") ** site.number(1, "exponent")),
  "math.max": (site) => (numbers(site).some(Number.isNaN) ? na : Math.max(...numbers(site))),
  "math.min": (site) => (numbers(site).some(Number.isNaN) ? na : Math.min(...numbers(site))),
  "math.avg": (site) => finite(numbers(site).reduce((sum, x) => sum + x, 0) / site.count),
  "math.round": (site) => {
    const x = site.number(0, "number");
    const places = site.number(1, "precision");
    if (Number.isNaN(places)) return rounded(x);
    return rounded(x * 10 ** places) / 10 ** places;
  },
  "math.round_to_mintick": (site) =>
    onGrid(site.number(0, "number"), site.machine.chart.tick, "near"),
  na: (site) => isNa(site.get(0, "x")!),
  nz: (site) => {
    const value = site.get(0, "x", "source")!;
    return isNa(value) ? (site.get(1, "y", "replacement") ?? 0) : value;
  },
  fixnan: (site) => {
    const state = site.state<{ value: Value }>(() => ({ value: na }));
    const value = site.get(0, "source", "x")!;
    if (!isNa(value)) state.value = value;
    return state.value;
  },
  iff: (site) => (toBool(site.get(0, "condition")!) ? site.get(1, "then")! : site.get(2, "_else")!),
  int: (site) => Math.trunc(site.number(0, "x")),
  float: (site) => site.number(0, "x"),
  bool: (site) => toBool(site.get(0, "x")!),
  string: (site) => site.get(0, "x")!,
  color: (site) => site.get(0, "x")!,
};
