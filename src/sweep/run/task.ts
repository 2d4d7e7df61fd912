import type { Diagnostic } from "../../diagnostics/index.ts";
import type { CheckedDocument } from "../../dsl/document.ts";
import { lower } from "../../dsl/lower.ts";
import type { CoreScript } from "../../dsl/text/core.ts";
import { createProgram, type Program } from "../../program/program.ts";
import {
  createScriptProgram,
  isScriptProgram,
  type ScriptProgram,
} from "../../program/script-program.ts";
import type { EngineChoice } from "../engine/create-engine.ts";
import type { SweepSetting } from "../engine/engine.ts";

/** A strategy as plain data. */
export type StrategyData =
  | { readonly kind: "rules"; readonly document: CheckedDocument }
  | { readonly kind: "script"; readonly core: CoreScript };

/** What a thread has to know to run trials of a job: plain data, with the bars in shared memory. */
export interface TaskJob {
  /** Tells jobs of one pool apart. */
  readonly id: number;
  readonly strategy: StrategyData;
  readonly setting: SweepSetting;
  readonly engine: EngineChoice;
}

export interface TrialTask {
  readonly job: TaskJob;
  /** `count` rows. */
  readonly params: Float64Array;
  readonly count: number;
}

/** Rows of metrics, and how each trial ended. */
export interface TrialRows {
  readonly metrics: Float64Array;
  readonly states: Uint8Array;
  /** Why the first trial failed that did; null where none did. */
  readonly problem: Diagnostic | null;
}

/** How a trial ended, by its number in {@link TrialRows.states}. */
export const STATES = ["ok", "no_trades", "error"] as const;
export type TrialState = (typeof STATES)[number];

export function strategyData(program: Program | ScriptProgram): StrategyData {
  return isScriptProgram(program)
    ? { kind: "script", core: program.core }
    : { kind: "rules", document: program.document };
}

export function programOf(data: StrategyData): Program | ScriptProgram {
  return data.kind === "script"
    ? createScriptProgram(data.core, [], () => ({}))
    : createProgram(lower(data.document.strategy), data.document, []);
}
