import type { JsonSchema } from "./rules-schema.ts";

/** The properties of one definition that `shown` wants, as a Markdown table. */
export function propertyTable(
  name: string,
  schema: JsonSchema,
  shown: (key: string) => boolean,
): string {
  const defs = schema["$defs"] as Record<string, JsonSchema>;
  const def = defs[name];
  const required = (def["required"] ?? []) as readonly string[];
  const shared = (defs["func"]["properties"] ?? {}) as Record<string, JsonSchema>;
  const rows = Object.entries((def["properties"] ?? {}) as Record<string, JsonSchema | true>)
    .map(([key, property]) => [key, property === true ? shared[key] : property] as const)
    .filter(([key]) => shown(key))
    .map(([key, property]) => row(key, property, required.includes(key), defs));
  return `| property | value | default | meaning |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function row(
  key: string,
  property: JsonSchema,
  required: boolean,
  defs: Record<string, JsonSchema>,
): string {
  const fallback = property["default"];
  const missing = required ? "required" : "–";
  const cells = [
    `\`${key}\``,
    describeValues(property, defs),
    fallback === undefined ? missing : `\`${JSON.stringify(fallback)}\``,
    `${property["description"]} Example: \`${JSON.stringify((property["examples"] as unknown[])[0])}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function describeValues(property: JsonSchema, defs: Record<string, JsonSchema>): string {
  const target = (property["$ref"] as string | undefined)?.split("/").at(-1);
  const merged = { ...(target === undefined ? {} : defs[target]), ...property };
  if (merged["const"] !== undefined) return `\`${JSON.stringify(merged["const"])}\``;
  if (merged["enum"] !== undefined) {
    return (merged["enum"] as unknown[]).map((one) => `\`${JSON.stringify(one)}\``).join(", ");
  }
  if (target !== undefined && merged["discriminator"] !== undefined) return target;
  if (target !== undefined && target in NAMES)
    return [NAMES[target], range(merged)].join(" ").trim();
  if (merged["type"] === "array") return listOf(merged);
  if (target !== undefined) return target.replaceAll("_", " ");
  if (merged["additionalProperties"] instanceof Object) return "object of declarations by name";
  return [merged["type"], range(merged)].join(" ").trim();
}

const NAMES: Readonly<Record<string, string>> = {
  integer: "whole number",
  number: "number",
  quantity: "decimal string",
  instant: "ISO 8601 time",
};

function listOf(schema: JsonSchema): string {
  if (schema["maxItems"] === 0) return "empty list";
  const item = (schema["items"] as { $ref: string }).$ref.split("/").at(-1)!;
  return `list of ${item.replaceAll("_", " ")}s`;
}

function range(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const bounds = [
    minimum === undefined ? "" : `≥ ${minimum}`,
    exclusiveMinimum === undefined ? "" : `> ${exclusiveMinimum}`,
    maximum === undefined ? "" : `≤ ${maximum}`,
    exclusiveMaximum === undefined ? "" : `< ${exclusiveMaximum}`,
  ];
  return bounds.filter((bound) => bound !== "").join(", ");
}
