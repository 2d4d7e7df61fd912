export { CHUNK, inChunks } from "./chunks.ts";
export { type CorrelationForm, rollingCorrelation } from "./correlation.ts";
export { CorrelationStream } from "./correlation-stream.ts";
export { type DeviationForm, rollingDeviation } from "./deviation.ts";
export { DeviationStream } from "./deviation-stream.ts";
export { EXACT_STATE, followSums, openSums } from "./exact-sums.ts";
export { rollingExtreme } from "./extreme.ts";
export { ExtremeStream } from "./extreme-stream.ts";
export { type InnerStream, innerStream } from "./inner-stream.ts";
export { LagStream } from "./lag-stream.ts";
export { LineStream } from "./line-stream.ts";
export { rollingMean, rollingSums } from "./mean.ts";
export { MeanStream } from "./mean-stream.ts";
export { countDefined, firstDefined, firstNa, isNa } from "./na.ts";
export { areWithin, chooseBand, HIGH, LIMIT, LOW, NEAR_STATE } from "./near-sums.ts";
export { overPairs } from "./pair-window.ts";
export { RecentStream } from "./recent-stream.ts";
export { meanSeed, type Seed } from "./seed.ts";
export { SeedStream } from "./seed-stream.ts";
export {
  type MemoryContents,
  type StreamForm,
  StreamMemory,
  type StreamStep,
} from "./stream-memory.ts";
export { type DenseWindow, type NaRule, overWindow, whole } from "./window.ts";
export { overWindowStep } from "./window-stream.ts";
