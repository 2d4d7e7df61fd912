import { fail, SwymcError, suggest } from "../../diagnostics/index.ts";
import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { type Axis, listValues, steps } from "./axis.ts";
import { type Formula, FormulaError, readFormula } from "./expression.ts";
import { hasLiteral, openLiterals } from "./open-literals.ts";
import { parseValues, type ValuesInput } from "./parse-values.ts";
import type { Sampling, Space } from "./space.ts";
import { type SweptParam, sweptParams } from "./swept-param.ts";

/** What to try, as a user says it. */
export interface SpaceRequest {
  /**
   * Values of parameters by name or JSON pointer; null takes the range that is declared. Without any, all parameters that
   * declare min, max and step are swept.
   */
  readonly params?: Readonly<Record<string, ValuesInput | null>>;
  /** Conditions over parameters, such as `fast < slow`; each holds for the strategies that have all its names. */
  readonly where?: string | readonly string[];
  readonly sampling: Sampling;
}

/** A strategy and what it is tried with. */
export interface StrategySpace {
  /** With parameters in place of the numbers that pointers name. */
  readonly program: Program | ScriptProgram;
  readonly space: Space;
}

/** The space of each strategy: a parameter belongs to those that have it, and has to belong to one at least. */
export function buildSpaces(
  programs: readonly (Program | ScriptProgram)[],
  request: SpaceRequest,
  fixed: Readonly<Record<string, number | boolean | string>> = {},
): StrategySpace[] {
  const asked = Object.entries(request.params ?? {});
  const opened = openPointers(programs, asked);
  const params = opened.map((program) => sweptParams(program, fixed));
  for (const [name] of asked) {
    if (params.some((own) => own.some((param) => param.name === name))) continue;
    if (name.startsWith("/"))
      fail("sweep_pointer", { pointer: name, reason: "no document has anything there" });
    const known = [...new Set(params.flat().map((param) => param.name))];
    fail("sweep_unknown_param", { name, known, suggestion: suggest(name, known) });
  }
  const axes = params.map((own) =>
    asked.length === 0 ? declaredAxes(own) : askedAxes(own, asked),
  );
  if (axes.every((own) => own.length === 0)) {
    fail("sweep_nothing", { names: [...new Set(params.flat().map(({ name }) => name))] });
  }
  const texts = [request.where ?? []].flat();
  const where = params.map((own) => own.map(({ name }) => name));
  const conditions = conditionsOf(texts, where);
  return opened.map((program, k) => ({
    program,
    space: {
      params: params[k]!,
      axes: axes[k]!,
      where: conditions[k]!,
      sampling: request.sampling,
    },
  }));
}

type Literal = Parameters<typeof openLiterals>[1][number];

/** Each program with parameters in place of those numbers that it has of the ones named. */
function openPointers(
  programs: readonly (Program | ScriptProgram)[],
  asked: readonly (readonly [string, ValuesInput | null])[],
): (Program | ScriptProgram)[] {
  const literals = asked.flatMap(([name, input]) =>
    name.startsWith("/") ? [literalOf(name, input)] : [],
  );
  const own = literals.map((literal) => ownersOf(programs, literal));
  return programs.map((program) =>
    isScriptProgram(program)
      ? program
      : openLiterals(
          program,
          literals.filter((_, k) => own[k]!.includes(program)),
        ),
  );
}

const ANY_NUMBER: Omit<SweptParam, "name"> = {
  ...{ integer: false, declared: null, step: null, standard: 0, labels: null },
  brokenRule: () => null,
};

function literalOf(pointer: string, input: ValuesInput | null): Literal {
  if (input === null) fail("sweep_no_range", { name: pointer });
  const values = parseValues({ ...ANY_NUMBER, name: pointer }, input);
  return { pointer, standard: values.kind === "real" ? values.min : listValues(values, 1)[0]! };
}

/** The programs where a number may stand at a pointer. Throws why it may not, where none is left of those that might have it. */
function ownersOf(programs: readonly (Program | ScriptProgram)[], literal: Literal): Program[] {
  const able = programs.filter(
    (program): program is Program =>
      !isScriptProgram(program) && hasLiteral(program, literal.pointer),
  );
  let refusal: SwymcError | undefined;
  const owners = able.filter((program) => {
    try {
      openLiterals(program, [literal]);
      return true;
    } catch (error) {
      if (!(error instanceof SwymcError)) throw error;
      refusal ??= error;
      return false;
    }
  });
  if (owners.length === 0 && refusal !== undefined) throw refusal;
  return owners;
}

function declaredAxes(params: readonly SweptParam[]): Axis[] {
  return params.flatMap((param, index) => {
    const { name, declared, step, labels } = param;
    if (labels !== null || declared === null || step === null) return [];
    return [{ name, index, values: steps(declared.min, declared.max, step) }];
  });
}

function askedAxes(
  params: readonly SweptParam[],
  asked: readonly (readonly [string, ValuesInput | null])[],
): Axis[] {
  return asked.flatMap(([name, input]) => {
    const index = params.findIndex((param) => param.name === name);
    if (index < 0) return [];
    const param = params[index]!;
    return [
      { name, index, values: input === null ? declaredValues(param) : parseValues(param, input) },
    ];
  });
}

function declaredValues({ name, declared, step, labels }: SweptParam): Axis["values"] {
  if (labels !== null && labels.length > 0) {
    return { kind: "list", values: labels.map((_, k) => k) };
  }
  if (declared === null) return fail("sweep_no_range", { name });
  const { min, max } = declared;
  return step === null ? { kind: "real", min, max, logarithmic: false } : steps(min, max, step);
}

/** For each strategy the conditions whose names it has all; a condition that fits none is an error. */
function conditionsOf(
  texts: readonly string[],
  names: readonly (readonly string[])[],
): Formula[][] {
  const found: Formula[][] = names.map(() => []);
  for (const text of texts) {
    let fits = false;
    let reason = "";
    names.forEach((own, k) => {
      try {
        const formula = readFormula(text, own);
        if (!formula.boolean) throw new FormulaError("it is a number, not a condition");
        found[k]!.push(formula);
        fits = true;
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        reason ||= error.message;
      }
    });
    if (!fits) fail("sweep_where", { text, reason });
  }
  return found;
}
