import { modelProblems } from "./model-problems.ts";
import type { RunSettings } from "./orders.ts";

/** A setting that a run could not work with. */
export interface SettingProblem {
  readonly name: string;
  readonly value: string;
  readonly expected: string;
}

const FRACTION = "a fraction from 0 to below 1";
const COUNT = "a whole number from 0 up";

/** Every unusable setting; empty where all are usable. */
export function settingProblems(settings: RunSettings): SettingProblem[] {
  const { cash, commission, slippage, fill, delay, start } = settings;
  const checks: [keyof RunSettings, boolean, string][] = [
    ["cash", Number.isFinite(cash) && cash > 0, "a positive amount"],
    ["commission", commission >= 0 && commission < 1, FRACTION],
    ["slippage", slippage >= 0 && slippage < 1, FRACTION],
    ["fill", fill === "next_open" || fill === "close", '"next_open" or "close"'],
    ["delay", Number.isInteger(delay) && delay >= 0, COUNT],
    ["start", Number.isInteger(start) && start >= 0, COUNT],
  ];
  const found = checks
    .filter(([, fine]) => !fine)
    .map(([name, , expected]) => ({ name, value: String(settings[name]), expected }));
  const { execution } = settings;
  return execution === undefined ? found : [...found, ...modelProblems(execution)];
}
