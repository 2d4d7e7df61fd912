import { SwymcError } from "../../diagnostics/index.ts";
import type { ParamDeclaration } from "../../dsl/document.ts";
import type { InputSpec } from "../../dsl/text/core.ts";
import { brokenRule } from "../../ir/params.ts";
import type { ParamSpec } from "../../ir/program.ts";
import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { bindInputs, SOURCES } from "../../script/run/inputs.ts";

/** A parameter of a program, or an input of a script, as a sweep sees it: its values are numbers. */
export interface SweptParam {
  readonly name: string;
  readonly integer: boolean;
  /** From one value of a range to the next, where none is given. */
  readonly step: number | null;
  /** The range that the document or script declares, null where it declares none. */
  readonly declared: { readonly min: number; readonly max: number } | null;
  /** What it is where it is not swept; NaN where a script's default stays as it is. */
  readonly standard: number;
  /** Of a text or truth value: what each number stands for; null where a value is itself. */
  readonly labels: readonly string[] | null;
  /** Why it cannot have a value; null where it can. */
  readonly brokenRule: (value: number) => string | null;
}

/** Parameters of a program in order of declaration. */
export function sweptParams(
  program: Program | ScriptProgram,
  fixed: Readonly<Record<string, number | boolean | string>> = {},
): SweptParam[] {
  if (isScriptProgram(program)) return program.inputs.map(ofInput);
  const values = program.bind(fixed as Readonly<Record<string, number>>);
  const declared = program.document.strategy.params ?? {};
  return program.params.map((spec, at) => ofSpec(spec, declared[spec.name], values[at]!));
}

function ofSpec(
  spec: ParamSpec,
  declared: ParamDeclaration | undefined,
  standard: number,
): SweptParam {
  const { name, integer, step } = spec;
  return {
    name,
    integer,
    declared: rangeOf(declared?.min ?? null, declared?.max ?? null),
    step: step ?? (integer ? 1 : null),
    standard,
    labels: null,
    brokenRule: (value) => brokenRule(spec, value),
  };
}

function ofInput(input: InputSpec): SweptParam {
  const { name, type, min, max, step } = input;
  const labels =
    type === "bool"
      ? ["false", "true"]
      : type === "source"
        ? SOURCES
        : type === "text"
          ? (input.options?.map(String) ?? null)
          : null;
  return {
    name,
    integer: type === "int",
    declared: rangeOf(min, max),
    step: step ?? (type === "int" ? 1 : null),
    standard: Number.NaN,
    labels,
    brokenRule: (value) => (labels === null ? inputRule(input, value) : null),
  };
}

function rangeOf(min: number | null, max: number | null): SweptParam["declared"] {
  return min === null || max === null ? null : { min, max };
}

function inputRule(input: InputSpec, value: number): string | null {
  try {
    bindInputs([input], { [input.name]: value });
    return null;
  } catch (error) {
    if (!(error instanceof SwymcError)) throw error;
    return error.diagnostics[0]!.message.split("; ").at(-1)!;
  }
}

/** A parameter's value as people and result files have it. */
export function shownValue({ labels }: Pick<SweptParam, "labels">, value: number): number | string {
  return labels === null ? value : (labels[value] ?? "");
}
