import type { MetricDefinition } from "../../../stats/metric-table.ts";
import type { Finding } from "../../validation/findings.ts";
import type { PackedColumn } from "../packed.ts";

/**
 * Everything that the page of a sweep shows, as JSON beside packed columns. Columns of the trials that the page holds, one
 * row each: `trial`, `job`, `drawn` (1: in the lines of the parallel coordinates), `param.0` …, `metric.0` … and `objective`
 * (compact floats); of the trials that were run again `top.0.time` (epoch seconds) and `top.0.equity` ….
 */
export interface SweepData {
  readonly title: string;
  readonly version: string;
  readonly objective: { readonly text: string; readonly direction: "max" | "min" };
  /** Rows of the results; trials that were tried (of a halving the candidates of its first rung); trials on the page. */
  readonly counts: { readonly rows: number; readonly tried: number; readonly held: number };
  /** Whether the page holds all trials that could be shown. */
  readonly whole: boolean;
  readonly complete: boolean;
  /** What one trial is run again with: its number follows. */
  readonly rerun: string;
  readonly jobs: readonly SweepJob[];
  readonly params: readonly SweepParam[];
  readonly metrics: readonly SweepMetricColumn[];
  readonly columns: readonly PackedColumn[];
  /** The best trials that were run again, the best first. */
  readonly top: readonly SweepTop[];
  readonly verdict: readonly Finding[];
  readonly robustness: readonly Finding[];
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly strategies: readonly { readonly name: string; readonly text: string }[];
}

/** Trials of one strategy over one window of one series. */
export interface SweepJob {
  readonly label: string;
  readonly trials: number;
  /** Parameters that vary in it. */
  readonly axes: readonly SweepAxis[];
}

export interface SweepParam {
  readonly name: string;
  /** What the numbers of its column stand for; null where they are themselves. */
  readonly labels: readonly string[] | null;
}

/** How the values of a parameter fall into cells. */
export interface SweepAxis {
  /** Place among `params`. */
  readonly param: number;
  readonly logarithmic: boolean;
  /** The lowest value of each cell of a map of two parameters, ascending. */
  readonly cells: readonly number[];
  /** The same where other parameters are fixed: as many as there are trials for. */
  readonly coarse: readonly number[];
}

export interface SweepMetricColumn extends MetricDefinition {
  readonly direction: "max" | "min";
}

export interface SweepTop {
  readonly trial: number;
  readonly job: number;
  readonly cash: number;
  readonly value: number;
  readonly params: readonly (readonly [name: string, value: string])[];
  readonly metrics: readonly (number | null)[];
  /** Of its bars; null where there are none. */
  readonly hold: number | null;
}
