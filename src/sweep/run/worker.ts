import { taskRunner } from "./task-runner.ts";

/** What a thread of the pool does with a task. */
export const runTask = taskRunner();
