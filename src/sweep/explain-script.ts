import type { ScriptProgram } from "../program/script-program.ts";
import { FIELD_COLUMNS } from "../script/unit.ts";
import { inputsOfSteps, outputsOf, readsOf } from "./engine/script-columns.ts";
import { evaluationsBy } from "./evaluations-by.ts";
import type { NodeExplanation, StrategyExplanation } from "./explain.ts";

/** The columns of a script, each once: `%7 = ema close ($length)`. */
export function explainColumns(
  program: ScriptProgram,
  axes: StrategyExplanation["axes"],
  trials: number,
): NodeExplanation[] {
  const { unit } = program.code();
  const inputs = inputsOfSteps(unit);
  const nameOf = (column: number) => FIELD_COLUMNS[column] ?? `%${column}`;
  return unit.steps.map((step, at) => {
    const names = inputs[at]!.map((input) => program.inputs[input]!.name);
    const swept = axes.filter(({ name }) => names.includes(name));
    const what = {
      indicator: step.kind === "indicator" ? step.name : "",
      map: "expression",
      source: "input.source",
      security: "request.security",
    }[step.kind];
    const own = names.length === 0 ? [] : [`(${names.map((name) => `$${name}`).join(", ")})`];
    return {
      text: [
        outputsOf(step).map(nameOf).join(", "),
        "=",
        what,
        ...readsOf(step).map(nameOf),
        ...own,
      ].join(" "),
      depends_on: swept.map(({ name }) => name),
      evaluations: evaluationsBy(swept, trials),
    };
  });
}
