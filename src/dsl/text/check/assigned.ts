import type { Expression, Statement } from "../ast.ts";
import type { Scalar } from "../core.ts";

/** Names that statements assign, in blocks and expressions inside them too; functions inside have their own. */
export function assignedNames(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  walk(statements, (node) => {
    if (node.kind === "assignment" && node.name !== undefined) names.add(node.name.text);
  });
  return names;
}

/** Whether a name stands in an expression. */
export function mentions(expression: Expression, name: string): boolean {
  let found = false;
  walk([expression], (node) => {
    if (node.kind === "identifier" && node.name === name) found = true;
  });
  return found;
}

/** What a variable declared as na is, by the look of what it is set to. */
export function guessedTypes(statements: readonly Statement[]): ReadonlyMap<string, Scalar> {
  const types = new Map<string, Scalar>();
  const look = (node: Statement | Expression) => {
    if (node.kind !== "assignment" || node.name === undefined || types.has(node.name.text)) return;
    const type = looks(node.value);
    if (type !== null) types.set(node.name.text, type);
  };
  walk(statements, look, true);
  return types;
}

const CONDITIONS = new Set(["<", "<=", ">", ">=", "==", "!=", "and", "or"]);

function looks(node: Expression | undefined): Scalar | null {
  if (node === undefined) return null;
  if (node.kind === "bool") return "bool";
  if (node.kind === "text") return "text";
  if (node.kind === "color") return "color";
  if (node.kind === "unary") return node.op === "not" ? "bool" : "float";
  if (node.kind === "binary") {
    if (CONDITIONS.has(node.op)) return "bool";
    return looks(node.left) === "text" || looks(node.right) === "text" ? "text" : "float";
  }
  if (node.kind === "ternary") return looks(node.then) ?? looks(node.otherwise);
  if (node.kind === "identifier" && /^color\./.test(node.name)) return "color";
  return null;
}

/** Every node, with a stack of its own: scripts nest as deep as they like. */
function walk(
  nodes: readonly (Statement | Expression)[],
  visit: (node: Statement | Expression) => void,
  functions = false,
): void {
  const open: unknown[] = [...nodes].reverse();
  for (let at = open.pop(); open.length > 0 || at !== undefined; at = open.pop()) {
    if (typeof at !== "object" || at === null) continue;
    if (Array.isArray(at)) {
      for (let i = at.length - 1; i >= 0; i--) open.push(at[i]);
      continue;
    }
    const node = at as Statement | Expression;
    if (node.kind === "function_declaration" && !functions) continue;
    visit(node);
    for (const child of Object.values(at).reverse()) {
      if (typeof child === "object" && child !== null) open.push(child);
    }
  }
}
