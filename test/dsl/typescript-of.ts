import { compile } from "json-schema-to-typescript";
import type { JsonSchema } from "./schema-text.ts";

/** TypeScript types of the rule schema; the root's is called `Root`. */
export async function typescriptOf(schema: JsonSchema): Promise<string> {
  const defs = Object.entries(schema["$defs"] as Record<string, JsonSchema>);
  const plain = {
    ...(plainForm(schema) as JsonSchema),
    title: "Root",
    $defs: Object.fromEntries(
      defs
        .filter(([name]) => !name.startsWith("func_"))
        .map(([name, def]) => [name, plainForm(name === "func" ? anyFunction(def, defs) : def)]),
    ),
  };
  return compile(plain as never, "Root", {
    format: false,
    additionalProperties: false,
    bannerComment: "",
  });
}

/**
 * The schema in forms that the generator knows, which say the same of types: `then` and `else` as alternatives,
 * dispatchers as their alternatives only, without the rule that exactly one of several properties is given.
 */
function plainForm(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plainForm);
  if (typeof schema !== "object" || schema === null) return schema;
  const { title: _, $id: __, ...kept } = schema as JsonSchema;
  const { if: condition, then, else: otherwise, discriminator, ...rest } = kept;
  if (condition !== undefined) return { $defs: rest["$defs"], oneOf: [then, otherwise] };
  if (discriminator !== undefined) return { oneOf: rest["oneOf"] };
  if (isRequiredOnly(rest["oneOf"])) delete rest["oneOf"];
  // A reference with its own annotations would become a type of its own.
  if (rest["$ref"] !== undefined) return { $ref: rest["$ref"] };
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      LITERAL.has(key)
        ? value
        : key === "properties"
          ? eachPlain(value as object)
          : plainForm(value),
    ]),
  );
}

function eachPlain(properties: object): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, plainForm(one)]),
  );
}

const LITERAL = new Set(["enum", "const", "required", "examples", "default"]);

function isRequiredOnly(oneOf: unknown): boolean {
  return Array.isArray(oneOf) && oneOf.every((one) => Object.keys(one).join() === "required");
}

/** All functions as one object type: the lowering takes them by name from the registry. */
function anyFunction(
  func: JsonSchema,
  defs: readonly (readonly [string, JsonSchema])[],
): JsonSchema {
  const functions = defs.filter(([name]) => name.startsWith("func_")).map(([, def]) => def);
  const own = functions.flatMap((one) =>
    Object.entries(one["properties"] as JsonSchema).filter(([, property]) => property !== true),
  );
  const properties = Object.fromEntries(
    own.map(([name, one]) => [name, widened(name, one as JsonSchema)]),
  );
  return {
    type: "object",
    properties: { ...(func["properties"] as JsonSchema), ...properties },
    required: func["required"],
    additionalProperties: false,
  };
}

function widened(name: string, property: JsonSchema): JsonSchema {
  return name === "name" || name === "output" ? { type: "string" } : property;
}
