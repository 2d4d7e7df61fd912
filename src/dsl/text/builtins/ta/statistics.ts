import type { CoreExpr } from "../../core.ts";
import { fn, indicator } from "../declare.ts";
import { type Fragments, fragments } from "../fragments.ts";
import type { Meaning, Signature } from "../signature.ts";

/** With `biased` false, n - 1 in the place of n. */
function spread(name: "variance" | "std_dev"): Meaning {
  return {
    to: "expression",
    make: ([source, length, biased], scope) => {
      const f = fragments(scope);
      if (biased === undefined || (biased.kind === "const" && biased.value === true)) {
        return f.indicator(name, [source!], [length!]);
      }
      const n = f.once(length!);
      const whole = f.bind(f.indicator(name, [source!], [n]));
      const ratio = f.div(n, f.sub(n, 1));
      const sample = f.mul(whole, name === "variance" ? ratio : f.sqrt(ratio));
      return f.select(biased, whole, sample);
    },
  };
}

/** The best so far: since the first bar. */
function record(better: (f: Fragments, x: CoreExpr, best: CoreExpr) => CoreExpr): Meaning {
  return {
    to: "expression",
    make: ([source], scope) => {
      const f = fragments(scope);
      const x = f.bind(source!);
      const best = f.variable("float", f.constant(Number.NaN));
      f.set(best, f.select(f.na(x), best, f.select(f.na(best), x, better(f, x, best))));
      return best;
    },
  };
}

export const statistics = (): readonly Signature[] => [
  fn(
    "ta.stdev(float source|x, int length|y, simple bool biased = true) -> float",
    spread("std_dev"),
  ),
  fn(
    "ta.variance(float source|x, int length|y, simple bool biased = true) -> float",
    spread("variance"),
  ),
  fn("ta.dev(float source|x, int length|y) -> float", indicator("dev", ["source"], ["length"])),
  fn(
    "ta.correlation(float source1|source_a, float source2|source_b, int length) -> float",
    indicator("correlation", ["source1", "source2"], ["length"]),
  ),
  fn("ta.median(float source, int length) -> float", indicator("median", ["source"], ["length"])),
  fn("ta.mode(float source, int length) -> float", indicator("mode", ["source"], ["length"])),
  fn("ta.range(float source, int length) -> float", indicator("range", ["source"], ["length"])),
  fn(
    "ta.percentile_linear_interpolation(float source, int length, simple float percentage) -> float",
    indicator("percentile_linear_interpolation", ["source"], ["length", "percentage"]),
  ),
  fn(
    "ta.percentile_nearest_rank(float source, int length, simple float percentage) -> float",
    indicator("percentile_nearest_rank", ["source"], ["length", "percentage"]),
  ),
  fn(
    "ta.percentrank(float source, int length) -> float",
    indicator("percentrank", ["source"], ["length"]),
  ),
  fn("ta.cum(float source|x) -> float", indicator("cum", ["source"])),
  fn("math.sum(float source|x, int length|y) -> float", indicator("sum", ["source"], ["length"])),
  fn(
    "ta.max(float source) -> float",
    record((f, x, best) => f.max(best, x)),
  ),
  fn(
    "ta.min(float source) -> float",
    record((f, x, best) => f.min(best, x)),
  ),
];
