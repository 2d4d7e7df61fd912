import type { Node } from "jsonc-parser";
import type { Place, SourceText } from "../../diagnostics/index.ts";

/** Where in a document something stands: a value, or the name in front of it. */
export type At = "value" | "key";

/**
 * The positions of a parsed document. Finds a JSON pointer in time proportional to its length.
 * A misspelt property can be given the name it was meant to have, and is then found under both.
 */
export class JsonTree {
  readonly text: SourceText;
  readonly #root: Node | undefined;
  readonly #members = new WeakMap<Node, Map<string, Node>>();

  constructor(text: SourceText, root: Node | undefined) {
    this.text = text;
    this.#root = root;
  }

  /**
   * The place of a value (or of its property name). Where the pointer leads past the document,
   * the place is that of the last value on its way.
   */
  locate(pointer: string, at: At = "value"): Place {
    const { value, property, pointer: written } = this.#walk(pointer);
    const shown = at === "key" && property !== undefined ? property.children![0] : value;
    return {
      ...(this.text.file === undefined ? {} : { file: this.text.file }),
      pointer: written,
      ...(shown === undefined ? {} : { span: this.text.span(shown.offset, shown.length) }),
    };
  }

  /** Where in the text the value at a pointer begins; cheaper than its place. */
  offsetOf(pointer: string): number {
    let value: Node | undefined = this.#root;
    for (const name of segments(pointer)) {
      const member: Node | undefined = value && this.#membersOf(value).get(name);
      if (member === undefined) break;
      value = member.type === "property" ? member.children![1] : member;
    }
    return value?.offset ?? 0;
  }

  /** The place of the bracket or the text with which a value begins. */
  locateStart(pointer: string): Place {
    const place = this.locate(pointer);
    return place.span === undefined ? place : { ...place, span: { ...place.span, length: 1 } };
  }

  /** Lets the property `written` of the object at a pointer be found as `meant` too. */
  alias(pointer: string, written: string, meant: string): void {
    const { value } = this.#walk(pointer);
    const property = value && this.#membersOf(value).get(written);
    if (value && property) this.#membersOf(value).set(meant, property);
  }

  #walk(pointer: string) {
    let value: Node | undefined = this.#root;
    let property: Node | undefined;
    let written = "";
    for (const name of segments(pointer)) {
      const member: Node | undefined = value && this.#membersOf(value).get(name);
      if (member === undefined) break;
      property = member.type === "property" ? member : undefined;
      value = property ? property.children![1] : member;
      written += `/${property ? escapePointer(property.children![0].value as string) : name}`;
    }
    return { value, property, pointer: written };
  }

  #membersOf(node: Node): Map<string, Node> {
    const known = this.#members.get(node);
    if (known !== undefined) return known;
    const members = new Map<string, Node>();
    for (const [index, child] of (node.children ?? []).entries()) {
      members.set(node.type === "object" ? child.children![0].value : String(index), child);
    }
    this.#members.set(node, members);
    return members;
  }
}

/** The names and indices of a JSON pointer (RFC 6901). */
export function segments(pointer: string): string[] {
  const parts = pointer.split("/").slice(1);
  if (!pointer.includes("~")) return parts;
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The last name of a pointer; empty at the root. */
export function lastSegment(pointer: string): string {
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  return name.includes("~") ? name.replaceAll("~1", "/").replaceAll("~0", "~") : name;
}

export function escapePointer(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
