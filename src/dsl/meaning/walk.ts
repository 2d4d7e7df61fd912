import { escapePointer } from "../json/tree.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Visits every object below a value (and itself), with its JSON pointer. Knows nothing of the language. */
export function walkObjects(
  value: unknown,
  pointer: string,
  visit: (object: JsonObject, pointer: string) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value as JsonObject, pointer);
  for (const [name, one] of Object.entries(value)) {
    walkObjects(one, `${pointer}/${escapePointer(name)}`, visit);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The strategy in a document, if it has one where a strategy stands, and its pointer. */
export function strategyIn(root: unknown): { readonly strategy: unknown; readonly at: string } {
  if (!isObject(root) || !Object.hasOwn(root, "config")) return { strategy: root, at: "" };
  const config = root["config"];
  return { strategy: isObject(config) ? config["strategy"] : undefined, at: "/config/strategy" };
}
