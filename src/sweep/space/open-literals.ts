import { fail, SwymcError } from "../../diagnostics/index.ts";
import type { CheckedDocument, StrategyDocument } from "../../dsl/document.ts";
import { segments } from "../../dsl/json/tree.ts";
import { lower } from "../../dsl/lower.ts";
import { parseRules } from "../../dsl/parse-rules.ts";
import { createProgram, type Program } from "../../program/program.ts";

const BODY = "/config/strategy";

/**
 * The program with a parameter in place of each number that a JSON pointer names, so that one program serves all its
 * values. The parameter is called like the pointer; its default is the number that stood there. In a paper-run body a pointer may begin at the body or
 * at its strategy. A number that the document leaves out can be named too, where it may be written; it then gets the default
 * given. Throws a SwymcError where no parameter may stand.
 */
export function openLiterals(
  program: Program,
  pointers: readonly { readonly pointer: string; readonly standard: number }[],
): Program {
  if (pointers.length === 0) return program;
  const { strategy, paperRun } = program.document;
  const checked = withParams(strategy, pointers, (k) => `pointer_${k + 1}`);
  checkForm(checked, pointers);
  const document: CheckedDocument = {
    strategy: withParams(strategy, pointers, (k) => pointers[k]!.pointer),
    paperRun,
  };
  return createProgram(lower(document.strategy), document, program.warnings);
}

/** Whether a pointer leads to a number of the document, or to a place beside its numbers. */
export function hasLiteral(program: Program, pointer: string): boolean {
  const path = pathOf(pointer);
  const parent = follow(program.document.strategy, path.slice(0, -1));
  return typeof parent === "object" && parent !== null && !Array.isArray(parent);
}

function withParams(
  strategy: StrategyDocument,
  pointers: readonly { readonly pointer: string; readonly standard: number }[],
  nameOf: (k: number) => string,
): StrategyDocument {
  const copy = structuredClone(strategy) as unknown as Record<string, unknown>;
  const declared: Record<string, { default: number }> = {};
  pointers.forEach(({ pointer, standard }, k) => {
    const path = pathOf(pointer);
    const parent = follow(copy, path.slice(0, -1));
    const name = path.at(-1);
    if (
      typeof parent !== "object" ||
      parent === null ||
      Array.isArray(parent) ||
      name === undefined
    ) {
      fail("sweep_pointer", { pointer, reason: "the document has nothing there" });
    }
    const object = parent as Record<string, unknown>;
    const before = Object.hasOwn(object, name) ? object[name] : undefined;
    declared[nameOf(k)] = { default: numberAt(pointer, before, standard) };
    object[name] = { param: nameOf(k) };
  });
  const { params, ...rest } = copy;
  return {
    ...rest,
    params: { ...(params as object | undefined), ...declared },
  } as unknown as StrategyDocument;
}

function numberAt(pointer: string, before: unknown, standard: number): number {
  if (before === undefined) return standard;
  const value = typeof before === "string" ? Number(before) : before;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return fail("sweep_pointer", {
    pointer,
    reason:
      typeof before === "object" && before !== null && "param" in before
        ? `the parameter "${String(before.param)}" stands there; sweep it by its name`
        : "what stands there is no number",
  });
}

/** Asks the checks of the language whether a parameter may stand at the pointers. */
function checkForm(
  strategy: StrategyDocument,
  pointers: readonly { readonly pointer: string }[],
): void {
  const { diagnostics } = parseRules(strategy);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const named = pointers.find(({ pointer }) => {
    const path = pointer.startsWith(BODY) ? pointer.slice(BODY.length) : pointer;
    return errors.some((one) => one.pointer?.startsWith(path));
  });
  if (named === undefined) throw new SwymcError(errors);
  fail("sweep_pointer", { pointer: named.pointer, reason: errors[0]!.message });
}

function pathOf(pointer: string): string[] {
  const path = segments(pointer);
  return path[0] === "config" && path[1] === "strategy" ? path.slice(2) : path;
}

function follow(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
