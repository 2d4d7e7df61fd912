import type { Program } from "../../program/program.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import { programOf, type TaskResult, type ThreadTask } from "./task.ts";
import { TaskRunner } from "./task-runner.ts";

const runner = new TaskRunner();
let last: { readonly id: number; readonly program: Program | ScriptProgram } | null = null;

/** What a thread of the pool does with a task. The last program is kept: the graphs of its trials belong to it. */
export function runTask(task: ThreadTask): TaskResult | null {
  if (task === null) {
    runner.release();
    last = null;
    return null;
  }
  const { programId, strategy, ...job } = task.job;
  if (last?.id !== programId) last = { id: programId, program: programOf(strategy) };
  return runner.run({ ...task, job: { ...job, program: last.program } });
}
