import { type Diagnostic, diagnose } from "../diagnostics/index.ts";
import type { RunSettings } from "./orders.ts";
import { settingProblems } from "./setting-problems.ts";

/** Every setting that a run could not work with, as diagnostics; empty where all are usable. */
export function checkSettings(settings: RunSettings): Diagnostic[] {
  return settingProblems(settings).map((problem) => diagnose("bad_run_setting", problem));
}
