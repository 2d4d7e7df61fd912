export type { Simulation } from "./backtest/simulation.ts";
export { type CompileOptions, type CompileResult, compile } from "./compile.ts";
export {
  barsToTable,
  type Dataset,
  datasetFrom,
  type LoadOptions,
  loadDataset,
  tableToBars,
} from "./data/index.ts";
export { type Diagnostic, type DiagnosticCode, SwymcError } from "./diagnostics/index.ts";
export type { PaperRun, StrategyDocument } from "./dsl/document.ts";
export { type IrProgram, type ParamSpec, printProgram } from "./ir/index.ts";
export { type EmittedModule, emitModule } from "./module/emit-module.ts";
export {
  type Backtest,
  type BacktestOptions,
  backtest,
  loadOptionsOf,
} from "./program/backtest.ts";
export type { RunOptions } from "./program/options.ts";
export type { Engine, ParamValues, Program } from "./program/program.ts";
export { type RunResult, run, signals } from "./program/run.ts";
export type { BacktestResult } from "./report/index.ts";
export type { Metrics } from "./stats/index.ts";
export type { Bars, Dialect, Interval } from "./vector/index.ts";
export { isoTime } from "./vector/iso-time.ts";
