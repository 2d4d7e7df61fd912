import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Diagnostic, diagnose, type SourceText } from "../../diagnostics/index.ts";
import { LIMITS } from "../limits.ts";
import { scanLimits } from "./scan.ts";
import { escapePointer, JsonTree } from "./tree.ts";

export interface JsonDocument {
  /** The value as `JSON.parse` would give it; undefined where the text does not say one. */
  readonly value: unknown;
  readonly tree: JsonTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads JSON with the position of everything in it, and reports all that is wrong with it as JSON. */
export function readJson(text: SourceText): JsonDocument {
  const broken = scanLimits(text);
  if (broken !== null) {
    return { value: undefined, tree: new JsonTree(text, undefined), diagnostics: [broken] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text.text, errors, { disallowComments: true, allowTrailingComma: false });
  const tree = new JsonTree(text, root);
  const syntax = syntaxDiagnostics(errors, text);
  if (syntax.some((one) => one.code === "json_syntax") || root === undefined) {
    return { value: undefined, tree, diagnostics: syntax };
  }
  const values = new Values(text);
  return { value: values.of(root, null), tree, diagnostics: [...syntax, ...values.diagnostics] };
}

function syntaxDiagnostics(errors: readonly ParseError[], text: SourceText): Diagnostic[] {
  const found = new Map<number, Diagnostic>();
  let lastLine = 0;
  for (const error of errors) {
    const comma = trailingComma(error, text.text);
    const offset = comma ?? error.offset;
    if (found.has(offset)) continue;
    // What follows a syntax error on its line is mostly its echo.
    const line = text.position(offset).line;
    if (line === lastLine && comma === null) continue;
    const file = text.file === undefined ? {} : { file: text.file };
    const place = { ...file, span: text.span(offset, comma === null ? error.length : 1) };
    const reason = printParseErrorCode(error.error);
    if (comma !== null) found.set(offset, diagnose("json_trailing_comma", {}, place));
    else if (reason === "InvalidCommentToken")
      found.set(offset, diagnose("json_comment", {}, place));
    else {
      found.set(offset, diagnose("json_syntax", { reason }, place));
      lastLine = line;
    }
  }
  return [...found.values()];
}

/** The offset of a comma that stands before a closing bracket, where that is what an error is about. */
function trailingComma(error: ParseError, text: string): number | null {
  const next = text[error.offset];
  if (next !== "}" && next !== "]") return null;
  let i = error.offset - 1;
  while (i >= 0 && " \t\r\n".includes(text[i])) i--;
  return text[i] === "," ? i : null;
}

interface Path {
  readonly parent: Path | null;
  readonly name: string;
}

/** Makes plain values of nodes, keeping what `JSON.parse` would pass over in silence. */
class Values {
  readonly diagnostics: Diagnostic[] = [];
  readonly #text: SourceText;

  constructor(text: SourceText) {
    this.#text = text;
  }

  of(node: Node, path: Path | null): unknown {
    switch (node.type) {
      case "object":
        return this.#object(node, path);
      case "array":
        return (node.children ?? []).map((one, i) =>
          this.of(one, { parent: path, name: String(i) }),
        );
      case "number":
        if (!Number.isFinite(node.value)) {
          const text = this.#text.text.slice(node.offset, node.offset + node.length);
          this.diagnostics.push(diagnose("number_overflow", { text }, this.#place(node, path)));
        }
        return node.value;
      case "string":
        this.#checkString(node, path);
        return node.value;
      default:
        return node.value;
    }
  }

  #object(node: Node, path: Path | null): object {
    const object: Record<string, unknown> = {};
    const keys = new Map<string, Node>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children!;
      const name = key.value as string;
      const here = { parent: path, name };
      if (name.length > LIMITS.nameLength) {
        const params = { name, limit: LIMITS.nameLength };
        this.diagnostics.push(diagnose("name_too_long", params, this.#place(key, path)));
        continue;
      }
      this.#checkString(key, here);
      const first = keys.get(name);
      if (first === undefined) keys.set(name, key);
      else {
        const firstLine = this.#text.position(first.offset).line;
        this.diagnostics.push(
          diagnose("duplicate_key", { name, firstLine }, this.#place(key, here)),
        );
      }
      // Not by assignment, which for __proto__ would change the object's prototype.
      Object.defineProperty(object, name, {
        value: this.of(value, here),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return object;
  }

  #checkString(node: Node, path: Path | null): void {
    if (!/\p{Cs}/u.test(node.value)) return;
    const what = "an unpaired surrogate";
    this.diagnostics.push(diagnose("not_unicode", { what }, this.#place(node, path)));
  }

  #place(node: Node, path: Path | null) {
    return {
      ...(this.#text.file === undefined ? {} : { file: this.#text.file }),
      pointer: pointerOf(path),
      span: this.#text.span(node.offset, node.length),
    };
  }
}

function pointerOf(path: Path | null): string {
  const names: string[] = [];
  for (let at = path; at !== null; at = at.parent) names.push(`/${escapePointer(at.name)}`);
  return names.reverse().join("");
}
