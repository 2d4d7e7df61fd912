import type { Call, Span } from "../ast.ts";
import { READ_BACK } from "../builtins/drawing.ts";
import { as } from "./arguments.ts";
import { applyBuiltIn, given } from "./calls.ts";
import type { Context } from "./context.ts";
import { drawnMethod } from "./drawings.ts";
import { checkExpression, readVariable } from "./expressions.ts";
import { inlined } from "./inline.ts";
import { copied, ownPath } from "./objects.ts";
import type { Scope } from "./scope.ts";
import { suggestFunction } from "./suggestions.ts";
import {
  isArray,
  isCoreType,
  isMap,
  isMatrix,
  isObject,
  namedType,
  objectName,
  shown,
  type Value,
} from "./types.ts";

/** What stands before the dot of a method: a variable, a path to a field, a built-in series. */
export function receiverOf(
  ctx: Context,
  scope: Scope,
  name: string,
  span: Span,
): Value | undefined {
  const variable = scope.variable(name);
  if (variable !== undefined) return readVariable(ctx, variable, span);
  const path = ownPath(ctx, scope, name, span);
  if (path !== undefined || ctx.builtins.variable(name) === undefined) return path;
  return checkExpression(ctx, scope, { kind: "identifier", name, span });
}

/** `a.push(x)`: a method of arrays, or a function of the user with `a` as its first argument. */
export function checkMethod(
  ctx: Context,
  scope: Scope,
  node: Call,
  receiver: Value,
  at: Span,
  name: string,
  wanted: boolean,
): Value {
  const argument = {
    name: null,
    value: { kind: "identifier" as const, name, span: at },
    start: at.start,
    end: at.end,
  };
  const first = { argument, value: receiver };
  const own = receiver.type === "unknown" ? [] : methodsOf(ctx, scope, name, receiver);
  if (own.length > 0) {
    return inlined(ctx, scope, own, node, [first, ...given(ctx, scope, node)], wanted, at);
  }
  const args = given(ctx, scope, node);
  if (receiver.type === "drawing") return ofDrawing(ctx, node, receiver, name);
  if (receiver.type === "unknown") return receiver;
  const drawn = drawnMethod(ctx, node, name, [first, ...args]);
  if (drawn !== undefined) return drawn;
  if (isObject(receiver.type) && name === "copy" && args.length === 0)
    return copied(ctx, receiver, ctx.types.get(objectName(receiver.type))!, node.span);
  const space = isArray(receiver.type)
    ? "array"
    : isMap(receiver.type)
      ? "map"
      : isMatrix(receiver.type)
        ? "matrix"
        : shown(receiver.type);
  const signatures = isCoreType(receiver.type) ? ctx.builtins.functions(`${space}.${name}`) : [];
  if (signatures.length === 0) {
    suggestFunction(ctx, scope, `${space}.${name}`, node.callee);
    return ctx.broken(node.span);
  }
  return applyBuiltIn(ctx, scope, node, signatures, [first, ...args]);
}

/** Of a line, a label or an array of them: another one, a value that only drawings have, or nothing. */
function ofDrawing(ctx: Context, node: Call, receiver: Value, name: string): Value {
  if (/^(get|first|last|pop|shift|remove|copy|slice|concat)$/.test(name)) return receiver;
  if (name.startsWith("get_")) return ctx.unsupported(node.callee.text, READ_BACK, node.span);
  if (/^(size|includes|indexof|lastindexof)$/.test(name)) return { ...receiver, type: "unknown" };
  return { ...receiver, type: "void" };
}

/** Methods of the user whose first parameter can be the receiver. */
function methodsOf(ctx: Context, scope: Scope, name: string, receiver: Value) {
  return scope.functionsOf(name).filter(({ declaration }) => {
    const [first] = declaration.params;
    if (!declaration.method || first === undefined) return false;
    const type = first.type === null ? null : namedType(first.type, ctx);
    if (type === null || receiver.type === "na") return true;
    return isCoreType(type) ? as(ctx, receiver, type) !== null : type === receiver.type;
  });
}
