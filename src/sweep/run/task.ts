import type { Diagnostic } from "../../diagnostics/index.ts";
import type { CheckedDocument } from "../../dsl/document.ts";
import type { CoreScript } from "../../dsl/text/core.ts";
import type { Program } from "../../program/program.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import type { EngineChoice, SweepSetting } from "../engine/engine.ts";
import type { Slot } from "./slots.ts";

/** A strategy as plain data. */
export type StrategyData =
  | { readonly kind: "rules"; readonly document: CheckedDocument }
  | { readonly kind: "script"; readonly core: CoreScript };

/** What all trials of a job have in common. */
export interface TrialJob {
  /** Tells jobs of this process apart. */
  readonly id: number;
  readonly program: Program | ScriptProgram;
  readonly setting: SweepSetting;
  readonly engine: EngineChoice;
}

/** The same as another thread gets it: plain data, with the bars in shared memory. */
export interface TaskJob extends Omit<TrialJob, "program"> {
  /** Tells programs of this process apart. */
  readonly programId: number;
  readonly strategy: StrategyData;
}

/** Trials to be run. */
export interface TrialTask {
  readonly job: TrialJob;
  /** `count` rows of parameters, and where their metrics and states go: memory that both sides see. */
  readonly rows: Slot;
  readonly count: number;
}

/** What a thread is told to do: run trials, or let go of what it keeps of the last ones. */
export type ThreadTask = (Omit<TrialTask, "job"> & { readonly job: TaskJob }) | null;

/** Why the first trial failed that did; null where none did. */
export type TrialProblem = Diagnostic | null;

export interface TaskResult {
  readonly problem: TrialProblem;
  /** How long it took. */
  readonly seconds: number;
}

/** How a trial ended, by its number among the states of a batch. */
export const STATES = ["ok", "no_trades", "error"] as const;
export type TrialState = (typeof STATES)[number];
