import type { Span } from "../ast.ts";
import { libraryDeclarations } from "../libraries/library-functions.ts";
import { assignedNames } from "./assigned.ts";
import type { Context } from "./context.ts";
import { Scope, type UserFunction } from "./scope.ts";

const PASTE =
  'paste what is used of it into the script: its functions without "export", called without the name before the dot';

const LIKE =
  "it reads bars of a lower timeframe, which are not there: run on the lower timeframe and compute it from open, close and volume";

/**
 * `import user/library/1 as name`: the functions of a library that is built in are the script's, with the name before them;
 * another one is an error where the orders need it. What has the name of a built-in function stays that function.
 */
export function importLibrary(ctx: Context, globals: Scope, span: Span): void {
  const text = ctx.script.source.slice(span.start, span.end);
  const [, user = "", library = "", as] = IMPORT.exec(text) ?? [];
  const alias = as ?? library;
  const path = `${user}/${library}`;
  const functions = libraryFunctions(ctx, path, span);
  const line = ctx.line(span);
  ctx.foreign.set(alias, {
    construct: (name) =>
      functions === null ? `the library ${path} of line ${line}` : `${name} of the library ${path}`,
    advice: functions === null ? PASTE : LIKE,
    span,
  });
  for (const one of functions ?? []) {
    const name = `${alias}.${one.declaration.name.text}`;
    if (one.declaration.exported && ctx.builtins.functions(name).length === 0)
      globals.functions.set(name, [one]);
  }
}

/** The functions of a built-in library, which know each other; null where there is no such library. */
export function libraryFunctions(
  ctx: Context,
  path: string,
  span: Span,
): readonly UserFunction[] | null {
  const home = new Scope(null);
  const declarations = libraryDeclarations(path, span);
  if (declarations === null) return null;
  return declarations.map((declaration) => {
    const assigned = assignedNames(declaration.body.statements);
    const order = ctx.nextOrder();
    const made: UserFunction = { declaration, order, assigned, called: true, home };
    home.functions.set(declaration.name.text, [made]);
    return made;
  });
}

const IMPORT = /^import\s+([^\s/]+)\s*\/\s*([^\s/]+)\s*\/\s*\d+(?:\s+as\s+(\S+))?/;
