import { suggest } from "../../../diagnostics/index.ts";
import type { Span } from "../ast.ts";
import type { Context } from "./context.ts";
import type { Scope } from "./scope.ts";

/** Reports a name that is not declared, with where it is, or what may be meant; not where its line could not be read. */
export function suggestVariable(ctx: Context, scope: Scope, name: string, span: Span): void {
  if (ctx.full || ctx.holes.names.has(name)) return;
  const later = scope.declaredLater(name);
  if (later !== undefined) {
    ctx.report(
      "script_declared_later",
      { name, line: ctx.line(later), own: later.start < span.start },
      span,
    );
    return;
  }
  const meant =
    ctx.builtins.renamed(name) ?? suggest(name, [...scope.names(), ...ctx.builtins.names()]);
  ctx.report("script_unknown_name", { name, meant }, span);
}

/** The same for a function. */
export function suggestFunction(ctx: Context, scope: Scope, name: string, span: Span): void {
  if (ctx.full || ctx.holes.names.has(name)) return;
  const later = scope.declaredLater(name);
  if (later !== undefined) {
    ctx.report(
      "script_declared_later",
      { name, line: ctx.line(later), own: later.start < span.start },
      span,
    );
    return;
  }
  const meant =
    ctx.builtins.renamed(name) ??
    suggest(name, [...scope.functionNames(), ...ctx.builtins.names()]);
  ctx.report("script_unknown_function", { name, meant }, span);
}
