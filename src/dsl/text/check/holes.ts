import type { Name, Statement } from "../ast.ts";

const STATEMENTS: ReadonlySet<string> = new Set<Statement["kind"]>([
  "declaration",
  "tuple_declaration",
  "assignment",
  "field_assignment",
  "function_declaration",
  "expression_statement",
  "jump",
  "type_declaration",
  "enum_declaration",
  "unsupported",
]);

/** What could not be read of a script with syntax errors. */
export interface Holes {
  /** Innermost statements that lack a part; they are reported already. */
  readonly statements: ReadonlySet<Statement>;
  /** Names that they would have declared or set. */
  readonly names: ReadonlySet<string>;
}

/**
 * Statements with a part that the parser could not read, found in one walk with a stack of its own. Of a damaged script
 * the names of lost lines count too.
 */
export function holesOf(body: readonly Statement[], damaged: string | null): Holes {
  const statements = new Set<Statement>();
  const names = new Set<string>(damaged === null ? [] : possiblyDeclared(damaged));
  const open: [node: unknown, owner: Statement | null][] = [[body, null]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, around] = next;
    if (isHole(node)) {
      if (around !== null) statements.add(around);
      continue;
    }
    if (typeof node !== "object" || node === null) continue;
    const { kind } = node as { kind?: string };
    const owner = kind !== undefined && STATEMENTS.has(kind) ? (node as Statement) : around;
    for (const child of Object.values(node)) open.push([child, owner]);
  }
  for (const statement of statements) for (const name of declaredBy(statement)) names.add(name);
  return { statements, names };
}

/** Words in front of an equals sign and behind `for`: all that a line could declare. */
function* possiblyDeclared(source: string): Iterable<string> {
  for (const line of source.split("\n")) {
    const [head = ""] = line.includes("=")
      ? line.split("=", 1)
      : (/\bfor\b.*\bin\b/.exec(line) ?? []);
    for (const [word] of head.matchAll(/[A-Za-z_]\w*/g)) yield word;
  }
}

/** Left out, or made up by the parser: a word without letters, a place that is no number. */
function isHole(node: unknown): boolean {
  if (node === undefined || Number.isNaN(node)) return true;
  if (typeof node !== "object" || node === null) return false;
  const { kind, name, text } = node as { kind?: string; name?: unknown; text?: unknown };
  return (kind === "identifier" && name === "") || (kind === undefined && text === "");
}

function declaredBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "declaration":
    case "assignment":
    case "function_declaration":
    case "type_declaration":
    case "enum_declaration":
      return nameOf(statement.name);
    case "tuple_declaration":
      return statement.names.flatMap(nameOf);
    default:
      return [];
  }
}

const nameOf = (name: Name | undefined) => (name === undefined ? [] : [name.text]);
