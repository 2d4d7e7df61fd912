export { ColumnPool } from "./column-pool.ts";
export { type Bars, type Column, FIELDS, type Field, sliceBars } from "./columns.ts";
export { type Elementwise, type Executed, executePlan, type StepFunction } from "./execute.ts";
export { emitElementwise, fusedElementwise } from "./fused.ts";
export { interpretedElementwise } from "./interpret.ts";
export {
  INTERVAL_NAMES,
  INTERVALS,
  type Interval,
  intervalMs,
  intervalOfStep,
  isInterval,
} from "./interval.ts";
export { isoTime } from "./iso-time.ts";
export { DIALECTS, type Dialect, type Kernel, type KernelTable } from "./kernel.ts";
export { type Mask, maskBit, maskWords } from "./mask.ts";
export { modalStep } from "./modal-step.ts";
export { evaluateScalars, type Plan, type PlanRule, type Step } from "./plan.ts";
export { planProgram } from "./planner.ts";
export type { Instruction, Tape } from "./tape.ts";
