import { type Diagnostic, diagnose } from "../../diagnostics/index.ts";
import { LIMITS } from "../limits.ts";
import { escapePointer } from "./tree.ts";

/**
 * JSON text of a value that a caller handed over, or why there is none. Refuses what `JSON.stringify`
 * throws at, drops or alters in silence; a property that is undefined counts as left out.
 */
export function serialise(value: unknown): string | Diagnostic {
  const writer = new Writer();
  try {
    const text = writer.write(value, "", "\n");
    return text ?? diagnose("not_json_value", { what: "undefined" }, { pointer: "" });
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.diagnostic;
    const what = "a property that cannot be read";
    return diagnose("not_json_value", { what }, { pointer: writer.pointer });
  }
}

class Refusal extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

class Writer {
  /** Where it is. */
  pointer = "";
  readonly #ancestors = new Set<object>();
  #nodes = 0;
  #length = 0;

  write(value: unknown, pointer: string, indent: string): string | undefined {
    this.pointer = pointer;
    if (value === undefined) return undefined;
    if (++this.#nodes > LIMITS.nodes) {
      throw new Refusal(diagnose("document_too_many_nodes", { limit: LIMITS.nodes }, { pointer }));
    }
    if (typeof value === "string" || typeof value === "boolean" || value === null) {
      return this.#sized(JSON.stringify(value));
    }
    if (typeof value === "number") {
      if (!Number.isFinite(value)) this.#refuse(String(value));
      return JSON.stringify(value);
    }
    if (typeof value !== "object") return this.#refuse(`a ${typeof value}`);
    return this.#container(value, pointer, indent);
  }

  #container(value: object, pointer: string, indent: string): string {
    if (this.#ancestors.has(value)) this.#refuse("a reference to something that contains it");
    if (this.#ancestors.size >= LIMITS.depth) {
      throw new Refusal(diagnose("document_too_deep", { limit: LIMITS.depth }, { pointer }));
    }
    this.#ancestors.add(value);
    const text = Array.isArray(value)
      ? this.#array(value, pointer, indent)
      : this.#object(value, pointer, indent);
    this.#ancestors.delete(value);
    return text;
  }

  #array(value: readonly unknown[], pointer: string, indent: string): string {
    const items: string[] = [];
    for (let i = 0; i < value.length; i++) {
      const item = this.write(value[i], `${pointer}/${i}`, `${indent}  `);
      items.push(item ?? this.#refuse("undefined"));
    }
    return bracketed("[", items, "]", indent);
  }

  #object(value: object, pointer: string, indent: string): string {
    const prototype = Object.getPrototypeOf(value) as object | null;
    // Objects of another realm have another Object.prototype, but one without a prototype of its own.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      this.#refuse("an object of a class");
    }
    const items: string[] = [];
    for (const name of Object.keys(value)) {
      const at = `${pointer}/${escapePointer(name)}`;
      const item = this.write((value as Record<string, unknown>)[name], at, `${indent}  `);
      if (item !== undefined) items.push(`${this.#sized(JSON.stringify(name))}: ${item}`);
    }
    return bracketed("{", items, "}", indent);
  }

  #sized(text: string): string {
    this.#length += text.length;
    if (this.#length > LIMITS.bytes) {
      throw new Refusal(diagnose("document_too_large", { limit: LIMITS.bytes }));
    }
    return text;
  }

  #refuse(what: string): never {
    throw new Refusal(diagnose("not_json_value", { what }, { pointer: this.pointer }));
  }
}

function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  return `${open}${indent}  ${items.join(`,${indent}  `)}${indent}${close}`;
}
