import type { CompileOptions } from "./compile-rules.ts";
import { compileScript } from "./compile-script.ts";
import { type Diagnostic, diagnose } from "./diagnostics/index.ts";
import type { RuleBasedStrategy } from "./dsl/document.ts";
import { parseRules } from "./dsl/parse-rules.ts";
import { NotInRules, printRules } from "./dsl/print-rules.ts";

export interface RulesOfScript {
  /** Absent where a diagnostic is an error. */
  readonly rules?: RuleBasedStrategy;
  /** Everything that has no counterpart, what may decide otherwise, and what is left to the settings of a run. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A script as a rule document, where its orders depend on nothing but prices, indicators and the sign of the position.
 *
 *     script → core → rules IR → document → check
 *
 * @param inputs values of inputs that are no numbers; the others are parameters of the document
 */
export function toRules(
  source: string,
  options: CompileOptions & {
    readonly inputs?: Readonly<Record<string, number | boolean | string>>;
  } = {},
): RulesOfScript {
  const { script, diagnostics } = compileScript(source, options);
  if (script === undefined) return { diagnostics };
  const { ir, obstacles, differences, notes } = script.asRules(options.inputs);
  if (ir === undefined) return { diagnostics: [...diagnostics, ...obstacles] };
  const found = [...diagnostics, ...differences, ...notes];
  try {
    const rules = printRules(ir, script.title);
    const checked = parseRules(rules);
    const wrong = checked.diagnostics.filter(({ severity }) => severity === "error");
    if (wrong.length === 0) return { rules, diagnostics: found };
    const problems = wrong.map(({ message }) => diagnose("rules_document", { problem: message }));
    return { diagnostics: [...found, ...problems] };
  } catch (error) {
    if (!(error instanceof NotInRules)) throw error;
    const problem = diagnose("rules_no_counterpart", { construct: error.message, advice: "" });
    return { diagnostics: [...found, problem] };
  }
}
