import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { sliceBars } from "../../vector/columns.ts";
import type { EngineChoice, SweepSetting } from "../engine/engine.ts";
import { leanPlan } from "../engine/lean-plan.ts";

/** Bars times trials per second of each way to run them, about. */
const LEAN = 2e9;
const WHOLE = 4e7;
const SCRIPT = 1e7;

const FEW = 16;

/** How many bars times trials a thread does in a second, before any has been run. */
export function guessedRate(
  program: Program | ScriptProgram,
  setting: SweepSetting,
  engine: EngineChoice,
): number {
  if (isScriptProgram(program)) return SCRIPT;
  // A few bars tell: what the others hold matters rarely, and looking at them takes time.
  const bars = sliceBars(setting.bars, 0, FEW);
  const lean = engine !== "reference" && leanPlan(program.plan, { ...setting, bars }) !== null;
  return lean ? LEAN : WHOLE;
}
