import { isScriptProgram } from "../../program/script-program.ts";
import type { Bars } from "../../vector/columns.ts";
import { sharedBars } from "../jobs/shared-bars.ts";
import type { StrategyData, TaskJob, TrialJob } from "./task.ts";

const programIds = new WeakMap<object, number>();
let lastId = 0;

/** Makes jobs of one sweep ready for other threads. */
export class TaskJobs {
  readonly #strategies = new Map<object, StrategyData>();
  #last: { readonly job: TrialJob; readonly bars: Bars; readonly plain: TaskJob } | null = null;

  /** The last one is kept, and its bars: tasks of one job follow each other, and jobs of one series. */
  of(job: TrialJob): TaskJob {
    if (this.#last?.job === job) return this.#last.plain;
    const { id, program, setting, engine } = job;
    const strategy = this.#strategies.get(program) ?? dataOf(program);
    this.#strategies.set(program, strategy);
    const { bars } = setting;
    const shared = this.#last?.bars === bars ? this.#last.plain.setting.bars : sharedBars(bars);
    const plain: TaskJob = {
      ...{ id, programId: programId(program), strategy, engine },
      setting: { ...setting, bars: shared },
    };
    this.#last = { job, bars, plain };
    return plain;
  }
}

function programId(program: object): number {
  const known = programIds.get(program) ?? ++lastId;
  programIds.set(program, known);
  return known;
}

function dataOf(program: TrialJob["program"]): StrategyData {
  return isScriptProgram(program)
    ? { kind: "script", core: program.core }
    : { kind: "rules", document: program.document };
}
