import type { Annualisation } from "../../backtest/compute-metrics.ts";
import type { RunSettings } from "../../backtest/orders.ts";
import type { ScriptRunOptions } from "../../script/run-script.ts";
import type { Bars } from "../../vector/columns.ts";

/** Which engine to make; `auto` is the fastest that the program and the host allow. */
export type EngineChoice = "auto" | "wasm" | "js" | "reference";

/** Which form runs the trials. */
export type EngineKind = "wasm" | "js" | "script" | "reference";

/**
 * Runs trials of one program over one dataset: what differs between trials is the parameter values alone.
 * Engines differ in speed, never in bits: a trial's row is that of `backtest` with its parameters.
 */
export interface SweepEngine {
  /** Which form runs: for reports and `--explain`. */
  readonly kind: EngineKind;
  /**
   * @param params `count` rows of parameter values, in order of declaration, checked. Of a script: of its inputs;
   *   NaN keeps what an input is without a sweep, a truth value is 1 or 0, a text the number of its option, a source
   *   its number among SOURCES
   * @param out `count` rows of {@link SweepMetric} values in the order of SWEEP_METRICS; NaN where undefined
   */
  run(params: Float64Array, count: number, out: Float64Array): void;
  /** The same in steps of some milliseconds where the bars are few, so that its thread can do other things in between. */
  steps(params: Float64Array, count: number, out: Float64Array): Steps;
  /** Leaves its memory to the next engine. */
  release?(): void;
}

/** Work that pauses at each step. */
export type Steps<T = void> = Generator<void, T, void>;

/** Does all steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** What all trials of an engine share. */
export interface SweepSetting {
  readonly bars: Bars;
  readonly settings: RunSettings;
  readonly annual: Annualisation;
  /** Of a script, which says itself what is left out here; its `inputs` are those that are not swept. */
  readonly script?: ScriptRunOptions;
  /** Names of SWEEP_METRICS that anybody reads, all unless given; an engine may leave the other numbers of a row as they are. */
  readonly metrics?: readonly string[];
}
