export {
  type Found,
  findRuns,
  type KeptRun,
  listRuns,
  type RunRow,
  removeRuns,
} from "./read-runs.ts";
export { type RunRecord, type RunStrategy, runRecord } from "./run-record.ts";
export { saveRuns } from "./save-run.ts";
