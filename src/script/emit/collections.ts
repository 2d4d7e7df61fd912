import type { ArrayExpr, CoreType } from "../../dsl/text/core.ts";
import { type Code, code, word } from "../../vector/code.ts";
import type { ExpressionEmitter } from "./expressions.ts";
import * as letters from "./letters.ts";
import { runtime } from "./letters.ts";
import { list } from "./math.ts";
import { naOf } from "./na.ts";

/** A call of `array.*`, `map.*`, `matrix.*`, or what is done with an object. */
export function emitCollection(expr: ArrayExpr, emitter: ExpressionEmitter): Code {
  if (expr.fn.startsWith("object.")) return emitObject(expr, emitter);
  emitter.useRuntime();
  const span = emitter.unit.span(expr.span);
  const given = emitter.emitAll(expr.args);
  const [space, fn] = spaced(expr.fn);
  const call = code`${runtime}.${SPACES[space]}.${word(fn)}(${list(collectionArguments(expr, given))})`;
  emitter.fn.block.push(code`${runtime}.place = ${span};`);
  return code`${emitter.hold(call)}`;
}

/** Objects are plain ones with their fields numbered: f0, f1, … */
function emitObject(expr: ArrayExpr, emitter: ExpressionEmitter): Code {
  const given = emitter.emitAll(expr.args);
  if (expr.fn === "object.new") {
    const fields = given.map((value, k) => code`${letters.field(k)}: ${value}`);
    return code`${emitter.hold(code`{ ${list(fields)} }`)}`;
  }
  emitter.useRuntime();
  const object = emitter.hold(given[0]!);
  const span = emitter.unit.span(expr.span);
  emitter.fn.block.push(code`if (${object} === null) ${runtime}.noObject(${span});`);
  if (expr.fn === "object.copy") return code`${emitter.hold(code`{ ...${object} }`)}`;
  const index = expr.args[1]!;
  if (index.kind !== "const") throw new Error("a field has a fixed number");
  const field = code`${object}.${letters.field(Number(index.value))}`;
  if (expr.fn === "object.get") return field;
  emitter.fn.block.push(code`${field} = ${given[2]!};`);
  return given[2]!;
}

const SPACES = { array: code`arrays`, map: code`maps`, matrix: code`matrices` } as const;

/** `map.get` is `get` of maps; `array.get` and `get` are one name. */
function spaced(fn: string): readonly [keyof typeof SPACES, string] {
  const dot = fn.indexOf(".");
  const space = fn.slice(0, dot);
  return space === "map" || space === "matrix" ? [space, fn.slice(dot + 1)] : ["array", bare(fn)];
}

/** As given, with the defaults of what is new and the na that some calls need. */
function collectionArguments({ fn, type, args }: ArrayExpr, given: readonly Code[]): Code[] {
  if (bare(fn) === "new") return [given[0] ?? code`0`, given[1] ?? itemNa(type)];
  if (TELLS_BEFORE.has(fn)) return [...given, naOf(type)];
  if (fn === "matrix.new") return [given[0]!, given[1]!, given[2] ?? itemNa(type)];
  if (!LENGTHENS.has(fn)) return [...given];
  const [, , items = code`undefined`] = given;
  return [given[0]!, given[1] ?? code`NaN`, items, itemNa(args[0]!.type)];
}

/** What an element that is na is. */
const itemNa = (type: CoreType): Code => naOf(type.slice(type.indexOf("<") + 1, -1));

/** Give the value that a key has or had, na where there was none. */
const TELLS_BEFORE: ReadonlySet<string> = new Set(["map.get", "map.put", "map.remove"]);
/** Put na where no array is given. */
const LENGTHENS: ReadonlySet<string> = new Set(["matrix.add_row", "matrix.add_col"]);

/** `array.get` and `get` are one name. */
export function bare(name: string): string {
  return name.replace(/^(?:array|str)\./, "").replaceAll(".", "_");
}
