export {
  type AlignOptions,
  alignHigher,
  type BarTimes,
  visibleBars,
} from "./align/align-higher.ts";
export { tableToBars } from "./arrow-read.ts";
export { type BarsTable, barsToTable, timestamps } from "./arrow-table.ts";
export { SPELLINGS } from "./column-names.ts";
export type { BarColumns } from "./columns.ts";
export type { AvailableSeries, Dataset, DatasetState } from "./dataset.ts";
export { importBars } from "./import/import-bars.ts";
export type { ImportOptions } from "./import/options.ts";
export { loadDataset } from "./load.ts";
export { type BarData, barsFrom, datasetFrom, isTable } from "./memory.ts";
export {
  type LoadOptions,
  MAX_BARS,
  TABLES,
  type TableName,
  TIME_UNITS,
  type TimeOptions,
  type TimeUnit,
} from "./options.ts";
export {
  type ColumnsQuery,
  type DatasetOptions,
  type OpenDataset,
  openDataset,
  type PanelQuery,
  type SeriesQuery,
} from "./read/open-dataset.ts";
export type { Panel, PanelJoin } from "./read/panel.ts";
export { type ResampleOptions, resampleBars } from "./resample/resample-bars.ts";
export type { CommitReport } from "./store/commit.ts";
export { parseMoment, timeWindow } from "./time-range.ts";
