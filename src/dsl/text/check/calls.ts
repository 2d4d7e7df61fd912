import type { Call } from "../ast.ts";
import type { Signature } from "../builtins/signature.ts";
import { OWN_LIBRARY } from "../libraries/library-functions.ts";
import { type Given, isMisfit, placed } from "./arguments.ts";
import type { Context } from "./context.ts";
import { checkDrawn } from "./drawings.ts";
import { checkExpression, foreignBase } from "./expressions.ts";
import { libraryFunctions } from "./imports.ts";
import { inlined } from "./inline.ts";
import { checkInput } from "./inputs.ts";
import { meant } from "./meanings.ts";
import { checkMethod, receiverOf } from "./methods.ts";
import { checkMaker } from "./objects.ts";
import { checkOrder } from "./orders.ts";
import { type Chosen, overload } from "./overloads.ts";
import type { Scope } from "./scope.ts";
import { checkSecurity } from "./security.ts";
import { checkSettings, declareScript } from "./settings.ts";
import { suggestFunction } from "./suggestions.ts";
import { namedType, SCALARS, type Value, type ValueType } from "./types.ts";

export function checkCall(ctx: Context, scope: Scope, node: Call, wanted: boolean): Value {
  const { text: name } = node.callee;
  if (node.receiver !== null) {
    const receiver = checkExpression(ctx, scope, node.receiver);
    return checkMethod(ctx, scope, node, receiver, node.receiver.span, name, wanted);
  }
  const own = scope.functionsOf(name);
  if (own.length > 0) return inlined(ctx, scope, own, node, given(ctx, scope, node), wanted);
  const drawn = checkDrawn(ctx, scope, node);
  if (drawn !== undefined) return drawn;
  const signatures = signaturesOf(ctx, node);
  if (signatures.length > 0) return checkBuiltIn(ctx, scope, node, signatures);
  const dot = name.lastIndexOf(".");
  if (dot > 0) {
    const before = name.slice(0, dot);
    const type = ctx.types.get(before);
    const made = type && checkMaker(ctx, scope, node, type, given(ctx, scope, node));
    if (made !== undefined) return made;
    const span = { start: node.callee.start, end: node.callee.start + dot };
    const receiver = receiverOf(ctx, scope, before, span);
    if (receiver !== undefined) {
      return checkMethod(ctx, scope, node, receiver, span, name.slice(dot + 1), wanted);
    }
    const foreign = foreignBase(ctx, scope, name, node.span);
    if (foreign !== undefined) {
      given(ctx, scope, node);
      return foreign;
    }
  }
  given(ctx, scope, node);
  suggestFunction(ctx, scope, name, node.callee);
  return ctx.broken(node.span);
}

/** `array.new<float>` is `array.new_float`; an array, matrix or map of drawings is a drawing. */
function signaturesOf(ctx: Context, node: Call): readonly Signature[] {
  const { text: name } = node.callee;
  const type = node.typeArgs.at(-1);
  if (type !== undefined && /^(array|matrix|map)\.new$/.test(name)) {
    if (namedType(type, ctx) === "drawing") return ctx.builtins.functions("array.new_line");
  }
  if (type !== undefined && name === "array.new" && Object.hasOwn(SCALARS, type.name)) {
    const typed = ctx.builtins.functions(`array.new_${type.name}`);
    if (typed.length > 0) return typed;
  }
  return ctx.builtins.functions(name);
}

export function given(ctx: Context, scope: Scope, node: Call): readonly Given<Value>[] {
  ctx.nested++;
  const values = node.args.map((argument) => ({
    argument,
    value: checkExpression(ctx, scope, argument.value),
  }));
  ctx.nested--;
  return values;
}

function checkBuiltIn(
  ctx: Context,
  scope: Scope,
  node: Call,
  signatures: readonly Signature[],
): Value {
  const { means } = signatures[0];
  if (means.to === "security") return checkSecurity(ctx, scope, node, signatures[0], means.form);
  if (means.to === "dead") return dead(ctx, scope, node, signatures[0]);
  if (means.to === "unsupported") {
    given(ctx, scope, node);
    return ctx.unsupported(node.callee.text, means.advice, node.span);
  }
  if (means.to === "input") return checkInput(ctx, scope, node, signatures);
  return applyBuiltIn(ctx, scope, node, signatures, given(ctx, scope, node));
}

/** A built-in function that is written in the language. Its parameters have places, and names that may be other ones. */
function ownFunction(
  ctx: Context,
  scope: Scope,
  node: Call,
  { signature }: Chosen,
  args: readonly Given<Value>[],
): Value {
  const { means, params } = signature;
  if (means.to !== "library") throw new Error("not of the library");
  const places = placed(node.callee.text, params, args, node.callee);
  if (isMisfit(places)) throw new Error("arguments that fit have no place");
  // Nothing of it stands in the script: a place without length.
  const { start } = node.span;
  const own = libraryFunctions(ctx, OWN_LIBRARY, { start, end: start }) ?? [];
  const candidates = own.filter(({ declaration }) => declaration.name.text === means.fn);
  const plain = places.flat().map((one) => ({ ...one, argument: { ...one.argument, name: null } }));
  return inlined(ctx, scope, candidates, node, plain, true);
}

/** Names are looked up in the arguments, and nothing else of them. */
export function dead(ctx: Context, scope: Scope, node: Call, signature: Signature): Value {
  const { name, returns } = signature;
  const { span } = node;
  if (name === "indicator" || name === "library") declareScript(ctx, name, node);
  given(ctx, scope, node);
  if (returns === "void") return { ...ctx.broken(span), type: "void" };
  const type = typeof returns === "string" ? (returns as ValueType) : "drawing";
  const params = { name: node.callee.text };
  return ctx.placeholder(type, ctx.diagnose("script_drawing_needed", params, span), span);
}

/** What of the arguments nothing can be computed with. */
function blockedBy(ctx: Context, args: readonly Given<Value>[], { span }: Call): Value | undefined {
  const values = args.map(({ value }) => value);
  const first = values.find(({ type }) => type === "unknown" || type === "drawing");
  return first?.type === "unknown" ? ctx.unknowns.joined(values, span) : first;
}

export function applyBuiltIn(
  ctx: Context,
  scope: Scope,
  node: Call,
  signatures: readonly Signature[],
  args: readonly Given<Value>[],
): Value {
  const chosen = overload(ctx, node, signatures, args);
  if (chosen === null) return ctx.broken(node.span);
  if (chosen.signature.means.to === "library") return ownFunction(ctx, scope, node, chosen, args);
  const { signature, values } = chosen;
  const { means } = signature;
  if (means.to === "strategy") return checkSettings(ctx, node, signature, values);
  if (means.to === "order") return checkOrder(ctx, node, signature, means.call, values);
  if (means.to === "unsupported") return ctx.unsupported(node.callee.text, means.advice, node.span);
  const blocked = blockedBy(ctx, args, node);
  if (blocked !== undefined && means.to !== "dead") {
    // Arrays of drawings and what is broken: nothing is computed, and what depends on it is as broken.
    const { returns } = signature;
    if (returns === "void") return { ...blocked, type: "void" };
    const draws = returns === "same" || returns === "element" || returns === "array<any>";
    return draws ? blocked : { ...blocked, type: "unknown" };
  }
  return meant(ctx, scope, node, signature, values);
}
