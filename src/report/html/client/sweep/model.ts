import { formatMetric, plain, UNDEFINED_VALUE } from "../../../format.ts";
import { fromCompactFloat } from "../../sweep/compact-float.ts";
import type { SweepData, SweepMetricColumn } from "../../sweep/sweep-data.ts";
import type { Loaded } from "../load.ts";

/** A figure of trials: a metric, or an objective that is none. */
export interface Figure {
  readonly title: string;
  readonly direction: "max" | "min";
  readonly values: Float64Array;
  format(value: number): string;
}

/** The trials of the page by row. */
export class Trials {
  readonly trial: Float64Array;
  readonly drawn: Float64Array;
  readonly job: Float64Array;
  /** Of the objective, more is better. */
  readonly score: Float64Array;
  readonly figures: readonly Figure[];
  /** Place among the figures of the objective. */
  readonly objective: number;
  readonly params: readonly Float64Array[];

  constructor(readonly report: Loaded<SweepData>) {
    const { data } = report;
    this.trial = report.column("trial");
    this.drawn = report.column("drawn");
    this.job = report.column("job");
    this.params = data.params.map((_, k) => report.column(`param.${k}`));
    const value = report.column("objective").map(fromCompactFloat);
    const { text, direction } = data.objective;
    this.score = direction === "max" ? value : value.map((one) => -one);
    const known = data.metrics.findIndex(({ name }) => name === text);
    const metrics = data.metrics.map((metric, k) => this.figureOf(metric, k));
    this.objective = Math.max(0, known);
    this.figures =
      known >= 0 ? metrics : [{ title: text, direction, values: value, format: short }, ...metrics];
  }

  get data(): SweepData {
    return this.report.data;
  }

  rowsOf(job: number): Int32Array {
    return Int32Array.from(this.trial.keys()).filter((row) => this.job[row] === job);
  }

  /** Of a parameter, as people write it. */
  paramText(param: number, value: number): string {
    const { labels } = this.data.params[param]!;
    if (Number.isNaN(value)) return UNDEFINED_VALUE;
    return labels === null ? plain(Number(value.toPrecision(6))) : (labels[value] ?? "");
  }

  paramName(param: number): string {
    return this.data.params[param]!.name;
  }

  private figureOf(metric: SweepMetricColumn, k: number): Figure {
    const { title, direction, unit } = metric;
    return {
      ...{ title, direction },
      values: this.report.column(`metric.${k}`).map(fromCompactFloat),
      format: (value) => formatMetric(unit, Number.isNaN(value) ? null : value),
    };
  }
}

export function short(value: number): string {
  return Number.isNaN(value) ? UNDEFINED_VALUE : plain(Number(value.toPrecision(4)));
}
