import { v5 } from "uuid";
import type { Diagnostic, Place } from "../diagnostics/index.ts";
import type { Span } from "../dsl/text/ast.ts";
import { printCore } from "../dsl/text/check/index.ts";
import type { CoreScript, InputSpec } from "../dsl/text/core.ts";
import { type CompiledScript, compileScript } from "../script/compile-script.ts";
import { bindInputs, type GivenInputs } from "../script/run/inputs.ts";

/** UUIDv5 namespace of scripts: v5(URL, "https://swymc.dev/script"). */
const SCRIPT_NAMESPACE = "2c9d2198-2de6-5de2-bccf-c4fa2f05d5e4";

/** A compiled script of the text language. */
export interface ScriptProgram {
  readonly kind: "script";
  /** As `strategy(…)` names it. */
  readonly title: string;
  /** What `input.*` declares, by the names of the variables. */
  readonly inputs: readonly InputSpec[];
  readonly warnings: readonly Diagnostic[];
  readonly core: CoreScript;
  /** Where a span of the text is, for messages. */
  readonly placeOf: (span: Span) => Place;
  /** UUIDv5 of what the orders depend on with these inputs. Throws SwymcError for values that do not fit. */
  strategyId(inputs?: GivenInputs): string;
  /** Values of all inputs by name. Throws as `strategyId`. */
  bind(inputs?: GivenInputs): Readonly<Record<string, number | boolean | string>>;
  /** With its generated functions, made once. */
  code(): CompiledScript;
}

export function createScriptProgram(
  core: CoreScript,
  warnings: readonly Diagnostic[],
  placeOf: (span: Span) => Place,
): ScriptProgram {
  let code: CompiledScript | undefined;
  let text: string | undefined;
  const bind = (given?: GivenInputs) => {
    const { numbers, texts } = bindInputs(core.inputs, given);
    const value = (input: InputSpec, at: number) => {
      if (Number.isNaN(numbers[at]!)) return texts[at]!;
      return input.type === "bool" ? numbers[at] === 1 : numbers[at]!;
    };
    return Object.fromEntries(core.inputs.map((input, at) => [input.name, value(input, at)]));
  };
  return {
    kind: "script",
    title: core.settings.title,
    inputs: core.inputs,
    warnings,
    core,
    placeOf,
    bind,
    strategyId: (given) => {
      text ??= printCore(core);
      return v5(`${text}\n${JSON.stringify(bind(given))}`, SCRIPT_NAMESPACE);
    },
    code: () => {
      code ??= compileScript(core);
      return code;
    },
  };
}

export function isScriptProgram(program: object): program is ScriptProgram {
  return "kind" in program && program.kind === "script";
}
