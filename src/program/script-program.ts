import { v5 } from "uuid";
import type { Diagnostic, Place } from "../diagnostics/index.ts";
import type { Span } from "../dsl/text/ast.ts";
import { printCore } from "../dsl/text/check/index.ts";
import type { CoreScript, InputSpec } from "../dsl/text/core.ts";
import { strategyIdOf } from "../ir/index.ts";
import { type EndlessWarmup, scriptWarmup } from "../script/analysis/warmup.ts";
import { type CompiledScript, compileScript } from "../script/compile-script.ts";
import { type LoweredScript, lowerScript } from "../script/rules/lower-script.ts";
import { bindInputs, type GivenInputs } from "../script/run/inputs.ts";
import { type ScriptParam, scriptParam } from "./script-params.ts";

/** UUIDv5 namespace of scripts: v5(URL, "https://swymc.dev/script"). */
const SCRIPT_NAMESPACE = "2c9d2198-2de6-5de2-bccf-c4fa2f05d5e4";

/** Lowerings kept, one for each choice of inputs that are no numbers. */
const MAX_LOWERED = 64;

/** A compiled script of the text language. */
export interface ScriptProgram {
  readonly kind: "script";
  /** As `strategy(…)` names it. */
  readonly title: string;
  /** What `input.*` declares, by the names of the variables. */
  readonly inputs: readonly InputSpec[];
  /** The same as parameters: kinds, defaults, ranges and choices. */
  readonly params: readonly ScriptParam[];
  readonly warnings: readonly Diagnostic[];
  readonly core: CoreScript;
  /** The text of the script; spans count in it. */
  readonly source: string;
  /** Where a span of the text is, for messages. */
  readonly placeOf: (span: Span) => Place;
  /**
   * UUIDv5 of what the orders depend on with these inputs: that of the rule document with the same logic where nothing tells
   * the two apart (SEMANTICS §2), else one of its own. Throws SwymcError for values that do not fit.
   */
  strategyId(inputs?: GivenInputs): string;
  /**
   * Bars before everything that the orders depend on can be known; Infinity where there is no bound, {@link endlessWarmup} says
   * why. Throws as `strategyId`.
   */
  warmup(inputs?: GivenInputs): number;
  /** What depends on all earlier bars, or on a number of them that is not known before the run. */
  endlessWarmup(inputs?: GivenInputs): readonly EndlessWarmup[];
  /** As rules, with inputs that are no numbers as they are given here. Throws as `strategyId`. */
  asRules(inputs?: GivenInputs): LoweredScript;
  /** Values of all inputs by name. Throws as `strategyId`. */
  bind(inputs?: GivenInputs): Readonly<Record<string, number | boolean | string>>;
  /** With its generated functions, made once. */
  code(): CompiledScript;
}

export function createScriptProgram(
  core: CoreScript,
  warnings: readonly Diagnostic[],
  placeOf: (span: Span) => Place,
  source = "",
): ScriptProgram {
  let code: CompiledScript | undefined;
  let text: string | undefined;
  const lowered = new Map<string, LoweredScript>();
  const bind = (given?: GivenInputs) => {
    const { numbers, texts } = bindInputs(core.inputs, given);
    const value = (input: InputSpec, at: number) => {
      if (Number.isNaN(numbers[at]!)) return texts[at]!;
      return input.type === "bool" ? numbers[at] === 1 : numbers[at]!;
    };
    return Object.fromEntries(core.inputs.map((input, at) => [input.name, value(input, at)]));
  };
  const asRules = (given?: GivenInputs) => {
    const values = bind(given);
    // Numbers stay parameters, so that one lowering serves all of theirs.
    const chosen = core.inputs.filter(({ type }) => type !== "int" && type !== "float");
    const key = JSON.stringify(chosen.map(({ name }) => values[name]));
    const known = lowered.get(key) ?? lowerScript(core, values, placeOf);
    if (lowered.size < MAX_LOWERED) lowered.set(key, known);
    return known;
  };
  return {
    kind: "script",
    title: core.settings.title,
    inputs: core.inputs,
    params: core.inputs.map(scriptParam),
    warnings,
    core,
    source,
    placeOf,
    bind,
    asRules,
    warmup: (given) => scriptWarmup(core, bind(given)).bars,
    endlessWarmup: (given) => scriptWarmup(core, bind(given)).endless,
    strategyId: (given) => {
      const { ir, differences } = asRules(given);
      if (ir !== undefined && differences.length === 0) {
        return strategyIdOf(ir, new Map(Object.entries(bind(given) as Record<string, number>)));
      }
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
