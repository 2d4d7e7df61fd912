import type { BenchmarkStatistics } from "../stats/analysis/index.ts";
import { decimal, percent, signedPercent, UNDEFINED_VALUE } from "./format.ts";

/** A figure beside a benchmark, for people. */
export interface BenchmarkRow {
  readonly title: string;
  readonly value: string;
  readonly meaning: string;
}

interface Line {
  readonly name: keyof BenchmarkStatistics;
  readonly title: string;
  readonly format: (value: number) => string;
  readonly meaning: string;
}

const LINES: readonly Line[] = [
  {
    name: "benchmark_return",
    title: "Return of the benchmark",
    format: signedPercent,
    meaning: "bought at the first close and held, without costs",
  },
  {
    name: "relative_return",
    title: "Relative return",
    format: signedPercent,
    meaning: "(1 + total return) / (1 + benchmark's) - 1",
  },
  {
    name: "alpha",
    title: "Alpha",
    format: signedPercent,
    meaning:
      "(mean(r - rf) - beta · mean(b - rf)) · year: what holding a share of beta does not explain",
  },
  { name: "beta", title: "Beta", format: decimal, meaning: "Cov(r, b) / Var(b)" },
  { name: "correlation", title: "Correlation", format: decimal, meaning: "of bar returns" },
  {
    name: "information_ratio",
    title: "Information ratio",
    format: decimal,
    meaning: "mean(r - b) / std(r - b, ddof 1) · √year",
  },
  {
    name: "tracking_error",
    title: "Tracking error",
    format: percent,
    meaning: "std(r - b, ddof 1) · √year",
  },
  {
    name: "up_capture",
    title: "Up capture",
    format: (value) => percent(value, 0),
    meaning: "geometric mean return on bars where the benchmark rose, over its own",
  },
  {
    name: "down_capture",
    title: "Down capture",
    format: (value) => percent(value, 0),
    meaning: "the same on bars where it fell: less is better",
  },
];

/** The figures that tables have, in their order, as text. */
export function benchmarkRows(found: BenchmarkStatistics | null): BenchmarkRow[] {
  if (found === null) return [];
  return LINES.map(({ name, title, format, meaning }) => {
    const value = found[name];
    return { title, value: value === null ? UNDEFINED_VALUE : format(value), meaning };
  });
}
