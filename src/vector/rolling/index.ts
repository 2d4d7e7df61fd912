export { inChunks } from "./chunks.ts";
export { type DeviationForm, rollingDeviation } from "./deviation.ts";
export { rollingExtreme } from "./extreme.ts";
export { rollingMean } from "./mean.ts";
export { countDefined, firstDefined, firstNa, isNa } from "./na.ts";
export { meanSeed, type Seed } from "./seed.ts";
export { type DenseWindow, type NaRule, overWindow } from "./window.ts";
