import { computeMetrics } from "../../backtest/compute-metrics.ts";
import { simulate } from "../../backtest/simulate.ts";
import type { Program } from "../../program/program.ts";
import { signalsOf } from "../../program/run-plan.ts";
import { evaluateScalars } from "../../vector/plan.ts";
import type { SweepSetting } from "./engine.ts";
import { SharedColumns } from "./shared-columns.ts";
import { writeMetrics } from "./write-metrics.ts";

/**
 * Trials as `backtest` runs them, for whatever a faster form does not do: the whole simulator, with all columns
 * that earlier trials have made.
 */
export class WholeRuns {
  readonly columns: SharedColumns;
  readonly #program: Program;
  readonly #setting: SweepSetting;

  constructor(program: Program, setting: SweepSetting) {
    this.#program = program;
    this.#setting = setting;
    this.columns = new SharedColumns(program.code(), setting.bars);
  }

  /** Runs the trial of row `row` and writes its metrics there. */
  run(params: Float64Array, row: number, out: Float64Array): void {
    const { plan, params: declared } = this.#program;
    const { bars, settings, annual } = this.#setting;
    const width = declared.length;
    const values = Array.from(params.subarray(row * width, (row + 1) * width));
    const scalars = evaluateScalars(plan.scalars, values);
    this.columns.nextTrial();
    const conditions = this.columns.conditions(scalars);
    const column = (index: number) => this.columns.column(index, scalars);
    const signals = signalsOf(plan, scalars, bars.close.length, conditions, column);
    const simulation = simulate(bars, signals, settings);
    const { metrics } = computeMetrics(bars, simulation, settings, annual);
    writeMetrics(metrics, row, out);
  }
}
