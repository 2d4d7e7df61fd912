import type { Diagnostic, SourceText } from "../../../diagnostics/index.ts";
import type { Script } from "../ast.ts";
import { builtins, strategySettings } from "../builtins/index.ts";
import type { Builtins } from "../builtins/signature.ts";
import type { CoreScript } from "../core.ts";
import { slice } from "../slice/slice.ts";
import { assignedNames, guessedTypes } from "./assigned.ts";
import { checkBlock } from "./blocks.ts";
import { Context, Exhausted, MAX_NODES } from "./context.ts";
import { everyExpression, everyStatement, expressionsOf } from "./core-walk.ts";
import { declare } from "./declarations.ts";
import { declareDrawings } from "./drawings.ts";
import { checkExpression } from "./expressions.ts";
import { withHistory } from "./history-depths.ts";
import { Scope, type UserFunction } from "./scope.ts";
import { checkStatements } from "./statements.ts";
import { collectTypes } from "./user-types.ts";

export interface CheckOptions {
  /** `backtest`: a script without orders is an error. */
  readonly purpose?: "check" | "backtest";
  /** false: with the code that no order needs. For tests of what the checker makes. */
  readonly sliced?: boolean;
  /** The script has syntax errors: names may have been declared in lines that could not be read. */
  readonly damaged?: boolean;
  /** Another table of built-ins than the script's version has. */
  readonly builtins?: Builtins;
}

export interface CheckedScript {
  /** Absent where there are errors. */
  readonly core?: CoreScript;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Syntax tree → core, with all the errors at once. Does not throw for what a user wrote.
 *
 *     names, types, inlining → core of everything → slice from the orders → what is unsupported and still there
 *
 * Drawings are left out at first; where orders turn out to need their places, once more with drawings as objects.
 */
export function checkScript(
  script: Script,
  text: SourceText,
  options: CheckOptions = {},
): CheckedScript {
  const plain = checked(script, text, options, false);
  const lacks =
    plain.core === undefined &&
    plain.diagnostics.every(({ code, severity }) => severity !== "error" || DRAWN.has(code));
  if (!lacks) return plain;
  const drawn = checked(script, text, options, true);
  return drawn.core === undefined ? plain : drawn;
}

/** What is said where orders hang on drawings. */
const DRAWN: ReadonlySet<string> = new Set(["script_drawing_needed", "script_unsupported"]);

function checked(
  script: Script,
  text: SourceText,
  options: CheckOptions,
  drawings: boolean,
): CheckedScript {
  const table = options.builtins ?? builtins(script.version);
  const ctx = new Context(script, text, table, options.damaged, drawings);
  try {
    const whole = checkBody(ctx);
    if (ctx.failed) return { diagnostics: ctx.diagnostics };
    const hasOrders = [...everyStatement(whole.body)].some(({ kind }) => kind === "order");
    if (options.purpose === "backtest" && !hasOrders) {
      const kind = ctx.declared?.kind ?? "script";
      ctx.report("script_no_orders", { kind }, ctx.declared?.span ?? { start: 0, end: 1 });
      return { diagnostics: ctx.diagnostics };
    }
    if (options.sliced === false) return { core: whole, diagnostics: ctx.diagnostics };
    const core = slice(whole);
    reportNeeded(ctx, core);
    const { diagnostics } = ctx;
    return ctx.failed ? { diagnostics } : { core, diagnostics };
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    ctx.add(
      error.code === "script_too_large"
        ? ctx.diagnose("script_too_large", { limit: MAX_NODES }, error.span)
        : ctx.diagnose("script_too_deep", {}, error.span),
    );
    return { diagnostics: ctx.diagnostics };
  }
}

function checkBody(ctx: Context): CoreScript {
  const { script } = ctx;
  const scope = new Scope(null);
  if (ctx.drawings) declareDrawings(ctx);
  collectTypes(ctx, scope, script.body);
  ctx.assigned = assignedNames(script.body);
  ctx.guesses = guessedTypes(script.body);
  checkStatements(ctx, scope, script.body, false);
  for (const functions of scope.functions.values())
    for (const fn of functions) checkUncalled(ctx, scope, fn);
  return withHistory({
    version: script.version,
    exact: ctx.exact,
    settings: ctx.settings ?? strategySettings({}, script.version),
    inputs: [...ctx.inputs.values()].map(({ spec }) => spec),
    slots: ctx.slots,
    body: [...ctx.frame.prelude, ...ctx.frame.body],
  });
}

/** A function that nobody calls: its names are looked up, its parameters are of unknown type. */
function checkUncalled(ctx: Context, scope: Scope, fn: UserFunction): void {
  if (fn.called) return;
  const body = new Scope(scope, fn.order + 1);
  ctx.branch(() => {
    ctx.owner = {};
    ctx.assigned = fn.assigned;
    ctx.loops = 0;
    for (const { name, standard } of fn.declaration.params) {
      if (standard !== null) checkExpression(ctx, new Scope(scope, fn.order), standard);
      declare(ctx, body, {
        name: name.text,
        span: name,
        type: "unknown",
        value: ctx.broken(name),
        parameter: true,
      });
    }
    ctx.inlining.push(fn);
    checkBlock(ctx, body, fn.declaration.body, false);
    ctx.inlining.pop();
    ctx.owner = null;
  });
}

/** What is unsupported, and still there. */
function reportNeeded(ctx: Context, core: CoreScript): void {
  if (ctx.placeholders.size === 0) return;
  for (const statement of everyStatement(core.body)) {
    for (const root of expressionsOf(statement)) {
      for (const expr of everyExpression(root)) {
        const diagnostic = ctx.placeholders.get(expr);
        if (diagnostic !== undefined) ctx.add(diagnostic);
      }
    }
  }
}
