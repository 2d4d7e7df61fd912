import type { Span } from "../ast.ts";
import { libraryFunctions } from "../libraries/library-functions.ts";
import { assignedNames } from "./assigned.ts";
import type { Context } from "./context.ts";
import { Scope, type UserFunction } from "./scope.ts";

const PASTE =
  'paste what is used of it into the script: its functions without "export", called without the name before the dot';

/**
 * `import user/library/1 as name`: the functions of a library that is built in are the script's, with the name before them;
 * another one is an error where the orders need it. What has the name of a built-in function stays that function.
 */
export function importLibrary(ctx: Context, globals: Scope, span: Span): void {
  const text = ctx.script.source.slice(span.start, span.end);
  const [, user = "", library = "", as] = IMPORT.exec(text) ?? [];
  const alias = as ?? library;
  const path = `${user}/${library}`;
  const functions = libraryFunctions(path, span);
  const line = ctx.line(span);
  ctx.foreign.set(alias, {
    construct: (name) =>
      functions === null ? `the library ${path} of line ${line}` : `${name} of the library ${path}`,
    advice: PASTE,
    span,
  });
  const home = new Scope(null);
  for (const declaration of functions ?? []) {
    const assigned = assignedNames(declaration.body.statements);
    const made: UserFunction = {
      declaration,
      order: ctx.nextOrder(),
      assigned,
      called: true,
      home,
    };
    home.functions.set(declaration.name.text, [made]);
    const name = `${alias}.${declaration.name.text}`;
    if (declaration.exported && ctx.builtins.functions(name).length === 0)
      globals.functions.set(name, [made]);
  }
}

const IMPORT = /^import\s+([^\s/]+)\s*\/\s*([^\s/]+)\s*\/\s*\d+(?:\s+as\s+(\S+))?/;
