import type { Program } from "../../program/program.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import { rulesEngine } from "../engine/rules-engine.ts";
import { programOf } from "./program-of.ts";
import type { TaskJob, TaskResult, ThreadTask } from "./task.ts";
import { type EngineOf, TaskRunner } from "./task-runner.ts";

const runner = new TaskRunner();
let last: { readonly id: number; readonly program: Program | ScriptProgram } | null = null;

/** What a thread of the pool does with a task. The last program is kept: the graphs of its trials belong to it. */
export async function runTask(task: ThreadTask): Promise<TaskResult | null> {
  if (task === null) {
    runner.release();
    last = null;
    return null;
  }
  const { programId, strategy, ...job } = task.job;
  const engineOf = await enginesFor(task.job);
  if (last?.id !== programId) last = { id: programId, program: await programOf(strategy) };
  return runner.run({ ...task, job: { ...job, program: last.program } }, engineOf);
}

/** What only scripts need, and the engine that the others are held to, are loaded when such a job comes: a third of all code. */
async function enginesFor({ strategy, engine }: TaskJob): Promise<EngineOf> {
  if (strategy.kind === "rules" && engine !== "reference")
    return ({ program, setting }) => rulesEngine(program as Program, setting, engine);
  const { createEngine } = await import("../engine/create-engine.ts");
  return ({ program, setting }) => createEngine(program, setting, engine);
}
