import { availableParallelism } from "node:os";
import { isScriptProgram } from "../../program/script-program.ts";
import type { SweepPlan } from "./sweep-plan.ts";

/** Bars times trials of rules that one thread has done before others have started, which takes about 0.3 s. */
const FEW = 1e8;
/** How much longer a bar of a script takes. */
const SCRIPT = 30;

/** As many threads as the machine has; one where starting them would take longer than the work. */
export function defaultThreads({ jobs, counts }: SweepPlan): number {
  const work = jobs.reduce((sum, { strategy, setting }, k) => {
    const cost = isScriptProgram(strategy.program) ? SCRIPT : 1;
    return sum + cost * setting.bars.time.length * (counts[k]?.trials ?? 0);
  }, 0);
  return work < FEW ? 1 : availableParallelism();
}
