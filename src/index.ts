export type { Simulation } from "./backtest/simulation.ts";
export { type CompileOptions, type CompileResult, compile } from "./compile.ts";
export {
  type AlignOptions,
  type AvailableSeries,
  alignHigher,
  type BarColumns,
  type BarTimes,
  barsToTable,
  type ColumnsQuery,
  type CommitReport,
  type Dataset,
  type DatasetOptions,
  datasetFrom,
  type ImportOptions,
  importBars,
  type LoadOptions,
  loadDataset,
  type OpenDataset,
  openDataset,
  type Panel,
  type PanelQuery,
  type ResampleOptions,
  resampleBars,
  type SeriesQuery,
  tableToBars,
  visibleBars,
} from "./data/index.ts";
export { type Diagnostic, type DiagnosticCode, SwymcError } from "./diagnostics/index.ts";
export type { PaperRun, StrategyDocument } from "./dsl/document.ts";
export { type IrProgram, type ParamSpec, printProgram } from "./ir/index.ts";
export { type EmittedModule, emitModule } from "./module/emit-module.ts";
export { emitScriptModule } from "./module/emit-script-module.ts";
export {
  backtestPortfolio,
  type PortfolioBacktest,
  type PortfolioOptions,
  type PortfolioResult,
  type PortfolioSeries,
  type PortfolioSymbol,
  portfolioLoadOptions,
} from "./portfolio/index.ts";
export {
  type Backtest,
  type BacktestOptions,
  backtest,
  loadOptionsOf,
} from "./program/backtest.ts";
export { type ExplainOptions, explain } from "./program/explain/explain.ts";
export type { RunOptions } from "./program/options.ts";
export type { Engine, ParamValues, Program } from "./program/program.ts";
export { type RunResult, run, signals } from "./program/run.ts";
export type { ScriptParam } from "./program/script-params.ts";
export type { ScriptProgram } from "./program/script-program.ts";
export type { BacktestResult, Explanation } from "./report/index.ts";
export type { Metrics } from "./stats/index.ts";
export {
  type SweepData,
  type SweepOptions,
  type SweepRow,
  type SweepSpace,
  sweep,
  sweepTable,
} from "./sweep/sweep.ts";
export { type RulesOfScript, toRules } from "./to-rules.ts";
export { type TextOfRules, toText } from "./to-text.ts";
export type { SweepValidation } from "./validate/index.ts";
export { type ValidateOptions, validateSweep } from "./validate-results.ts";
export type { Bars, Dialect, Interval } from "./vector/index.ts";
export { isoTime } from "./vector/iso-time.ts";
export {
  type WalkForward,
  type WalkForwardOptions,
  type WalkForwardRun,
  type WalkForwardStrategy,
  type WalkForwardWindow,
  walkForward,
} from "./walkforward/index.ts";
