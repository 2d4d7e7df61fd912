export {
  type Found,
  findRuns,
  type Kept,
  type KeptPortfolio,
  type KeptRun,
  type KeptSweep,
  listRuns,
  type RunRow,
  removeRuns,
} from "./read-runs.ts";
export { type RunRecord, type RunStrategy, runRecord } from "./run-record.ts";
export { type PortfolioRecord, portfolioRecord, savePortfolio } from "./save-portfolio.ts";
export { saveRuns } from "./save-run.ts";
export { type SweepRecord, saveSweep } from "./save-sweep.ts";
