import type { ErrorObject } from "ajv";
import { validateRules } from "../generated/rules-validator.js";
import { lastSegment } from "../json/tree.ts";

/** A rule of the schema that a document breaks, with what is needed to talk about it. */
export interface Violation {
  readonly keyword: string;
  /** Of the value that breaks it. */
  readonly pointer: string;
  /** Last name of the pointer; empty at the root. */
  readonly name: string;
  readonly value: unknown;
  /** The schema object that holds the keyword. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Every rule of the schema that a value breaks, without what only repeats another. */
export function violationsOf(value: unknown): Violation[] {
  if (validateRules(value)) return [];
  let root = false;
  const errors = (validateRules.errors ?? []).filter((error) => {
    // The root's type stands in the schema of the root and in that of each sort of document.
    const again = root && error.keyword === "type" && error.instancePath === "";
    if (error.keyword === "type" && error.instancePath === "") root = true;
    return tellsMore(error) && !again;
  });
  return errors.map((error) => ({
    keyword: error.keyword,
    pointer: error.instancePath,
    name: lastSegment(error.instancePath),
    value: error.data,
    schema: error.parentSchema as Readonly<Record<string, unknown>>,
    params: error.params as Readonly<Record<string, unknown>>,
    message: error.message ?? "",
  }));
}

function tellsMore(error: ErrorObject): boolean {
  // The error inside `then` or `else` says it; so does the `oneOf` above a branch, and `propertyNames`
  // above what a name breaks.
  if (error.keyword === "if" || error.propertyName !== undefined) return false;
  if (/\/oneOf\/\d+\/required$/.test(error.schemaPath)) return false;
  // "Exactly one of these properties" is asked of everything, but only objects have properties.
  if (error.keyword === "oneOf" && !isObject(error.data)) return false;
  // Dispatchers list their tags, so that `required` or `enum` has told what is wrong with a tag.
  if (error.keyword === "discriminator") return false;
  // A value of the wrong type is in no list and cannot be the constant.
  const typed = (error.parentSchema as { type?: unknown } | undefined)?.type !== undefined;
  return !(error.keyword === "enum" && typed && typeof error.data !== "string");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
