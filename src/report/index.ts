export { type Ansi, ansi } from "./ansi.ts";
export {
  backtestResult,
  type NothingFound,
  nothingToRun,
  type PaperRunDescription,
  type RunDescription,
  type SeriesDescription,
} from "./assemble.ts";
export { type Compared, comparison } from "./comparison.ts";
export { type CsvValue, csv, csvCell } from "./csv.ts";
export type {
  ExplainedBar,
  ExplainedCause,
  ExplainedPosition,
  ExplainedRule,
  ExplainedStatement,
  ExplainedValue,
  Explanation,
} from "./explanation.ts";
export { explanationText } from "./explanation-text.ts";
export type {
  BacktestResult,
  ErrorResult,
  ResultBenchmark,
  ResultDataset,
  ResultDocument,
  ResultPaperRun,
  ResultSeries,
  ResultSettings,
} from "./result.ts";
export { summary } from "./summary.ts";
