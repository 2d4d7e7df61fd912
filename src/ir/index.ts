export { decimalText } from "./decimal.ts";
export { DIALECTS, type Dialect } from "./dialect.ts";
export { exclusive } from "./exclusive.ts";
export { COLUMNS, type Column, FIELDS, type Field } from "./field.ts";
export { Graph } from "./graph.ts";
export { strategyIdOf } from "./identity.ts";
export * from "./node.ts";
export { bindParams, type ParamProblem } from "./params.ts";
export { conjuncts, statesOf, underPosition } from "./positions.ts";
export type {
  IrDistance,
  IrExits,
  IrProgram,
  IrRule,
  IrSizing,
  ParamSpec,
} from "./program.ts";
export { bindProgram, Rewriter } from "./rewrite.ts";
export { printLogic, printProgram } from "./text.ts";
export { type IndicatorShape, verifyProgram } from "./verify.ts";
export { type WarmupTable, warmupOf, warmupsOf } from "./warmup.ts";
