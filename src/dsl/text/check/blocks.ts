import type { Block, Expression, For, ForIn, If, Name, Span, Switch, While } from "../ast.ts";
import type { CoreExpr, CoreStatement, CoreType, Item, Scalar } from "../core.ts";
import type { Context } from "./context.ts";
import { condition } from "./convert.ts";
import { everyExpression, stateful } from "./core-walk.ts";
import { checkExpression } from "./expressions.ts";
import { applied, type Branch, branchOff, choice, keptConstant } from "./operators.ts";
import { type OpenSlot, Scope } from "./scope.ts";
import { checkStatements, declare } from "./statements.ts";
import {
  constant,
  isArray,
  isCoreType,
  isMap,
  isNumber,
  itemType,
  keyType,
  naOf,
  shown,
  typed,
  type Value,
} from "./types.ts";

/** Longest chain of cases: each is one level deeper in what follows. */
const MAX_CASES = 256;

export function checkBlock(ctx: Context, scope: Scope, block: Block, wanted: boolean): Value {
  return checkStatements(ctx, new Scope(scope), block.statements, wanted);
}

export function checkIf(ctx: Context, scope: Scope, node: If, wanted: boolean): Value {
  const test = condition(ctx, checkExpression(ctx, scope, node.test), node.test.span);
  const then = ctx.branch(() => checkBlock(ctx, scope, node.then, wanted));
  const { otherwise: block } = node;
  const otherwise = ctx.branch(() =>
    block === null ? na(node.span) : checkBlock(ctx, scope, block, wanted),
  );
  return branched(ctx, "if", test, then, otherwise, node.span, wanted);
}

const na = (span: Span): Value => ({ type: "na", expr: constant(Number.NaN, "float", span) });

function branched(
  ctx: Context,
  construct: string,
  test: Value,
  then: Branch,
  otherwise: Branch,
  span: Span,
  wanted: boolean,
): Value {
  if (wanted) return choice(ctx, construct, test, then, otherwise, span);
  if (test.expr.kind === "const" && test.type === "bool" && !keptConstant(ctx, test.expr)) {
    const taken = test.expr.value === true ? then : otherwise;
    for (const statement of taken.statements) ctx.statements.push(statement);
  } else {
    branchOff(ctx, test, then, otherwise, span);
  }
  return { ...ctx.broken(span), type: "void" };
}

export function checkSwitch(ctx: Context, scope: Scope, node: Switch, wanted: boolean): Value {
  const { span } = node;
  if (node.cases.length > MAX_CASES) {
    ctx.report("script_too_deep", {}, span);
    return ctx.broken(span);
  }
  let subject: Value | null = null;
  if (node.subject !== null) {
    subject = checkExpression(ctx, scope, node.subject);
    if (isCoreType(subject.type) && subject.expr.qualifier === "series")
      subject = typed(ctx.bind(subject.expr, "switch"));
  }
  const from = (at: number): Branch => {
    const one = node.cases[at];
    if (one === undefined) return { result: na(span), statements: [] };
    if (one.test === null) return ctx.branch(() => checkBlock(ctx, scope, one.body, wanted));
    const { test: written } = one;
    return ctx.branch(() => {
      const test = ctx.branch(() => tested(ctx, scope, subject, written));
      for (const statement of test.statements) ctx.statements.push(statement);
      const then = ctx.branch(() => checkBlock(ctx, scope, one.body, wanted));
      const otherwise = from(at + 1);
      return branched(ctx, "switch", test.result, then, otherwise, span, wanted);
    });
  };
  const { conditional } = ctx;
  const whole = from(0);
  ctx.conditional = conditional;
  for (const statement of whole.statements) ctx.statements.push(statement);
  return whole.result;
}

function tested(ctx: Context, scope: Scope, subject: Value | null, node: Expression): Value {
  const value = checkExpression(ctx, scope, node);
  if (subject === null) return condition(ctx, value, node.span);
  return applied(ctx, "==", subject, value, node.span);
}

function loop(
  ctx: Context,
  span: Span,
  wanted: boolean,
  body: () => Value,
  make: (statements: CoreStatement[]) => CoreStatement,
): Value {
  ctx.loops++;
  const { result, statements } = ctx.branch(body);
  ctx.loops--;
  const value = wanted
    ? outcome(ctx, result, statements, span)
    : { ...ctx.broken(span), type: "void" as const };
  ctx.emit(make(statements));
  return value;
}

function outcome(ctx: Context, result: Value, statements: CoreStatement[], span: Span): Value {
  if (result.items !== undefined) {
    const items = result.items.map((item) => outcome(ctx, item, statements, span));
    return { ...ctx.broken(span), type: "tuple", items };
  }
  if (result.type !== "na" && !isCoreType(result.type)) return result;
  const slot = ctx.slot("loop", result.type);
  ctx.set(slot, naOf(slot.type, span), span);
  statements.push({ kind: "set", slot: slot.id, value: result.expr, once: false, span });
  return { type: result.type, expr: ctx.local(slot, span) };
}

export function checkFor(ctx: Context, scope: Scope, node: For, wanted: boolean): Value {
  const { span, counter } = node;
  const bound = (expression: Expression, what: string): Value => {
    const value = checkExpression(ctx, scope, expression);
    if (isNumber(value.type) || value.type === "unknown" || value.type === "na") return value;
    ctx.report(
      "script_type",
      { what, expected: "a number", found: shown(value.type) },
      expression.span,
    );
    return ctx.broken(expression.span);
  };
  const from = bound(node.from, "the start of for");
  const limit = ctx.version < 6 ? null : ctx.branch(() => bound(node.to, "the end of for"));
  const to = limit?.result ?? bound(node.to, "the end of for");
  const by = node.by === null ? null : bound(node.by, "the step of for");
  const ints = [from, to, ...(by === null ? [] : [by])].every(
    ({ type }) => type === "int" || type === "unknown",
  );
  const slot = ctx.slot(counter.text, ints ? "int" : "float");
  const moving = limit !== null && (limit.statements.length > 0 || mayMove(ctx, to.expr));
  if (limit !== null && !moving) for (const one of limit.statements) ctx.statements.push(one);
  const body = () => checkBody(ctx, scope, node.body, wanted, [[counter.text, counter, slot]]);
  if (moving) {
    return movingFor(ctx, span, wanted, slot, from, to, limit.statements, by, body);
  }
  return loop(ctx, span, wanted, body, (statements) => ({
    kind: "for",
    slot: slot.id,
    from: from.expr,
    to: to.expr,
    by: by?.expr ?? null,
    body: statements,
    span,
  }));
}

/** Whether the rounds of a loop could change the value: by assigning a variable, or an array. */
function mayMove(ctx: Context, expr: CoreExpr): boolean {
  for (const part of everyExpression(expr)) {
    if (part.kind === "local") {
      const { name } = ctx.slots[part.slot];
      if (ctx.assigned.has(name.slice(name.lastIndexOf(".") + 1))) return true;
    }
  }
  return stateful(expr);
}

/**
 * From version 6 on the end is computed before every round. Counted by a `for` without an end of its own that stops where the
 * end is passed; the direction stays that of the start.
 */
function movingFor(
  ctx: Context,
  span: Span,
  wanted: boolean,
  slot: OpenSlot,
  from: Value,
  to: Value,
  limit: CoreStatement[],
  by: Value | null,
  body: () => Value,
): Value {
  // The first end tells the direction; the statements that compute it are met again in each round.
  for (const statement of limit) ctx.statements.push(statement);
  const start = ctx.bind(from.expr, "from");
  const first = ctx.slot("to", to.type);
  ctx.set(first, to.expr, span);
  const up = ctx.slot("up", "bool");
  const op = (kind: "le" | "gt" | "lt", left: CoreExpr, right: CoreExpr): CoreExpr => ({
    kind: "binary",
    op: kind,
    left,
    right,
    eager: false,
    type: "bool",
    qualifier: "series",
    span,
  });
  ctx.set(up, op("le", start, ctx.local(first, span)), span);
  const far = (sign: number): CoreExpr => constant(sign * Number.MAX_SAFE_INTEGER, "int", span);
  const end: CoreExpr = {
    kind: "select",
    test: ctx.local(up, span),
    then: far(1),
    otherwise: far(-1),
    type: "int",
    qualifier: "series",
    span,
  };
  const guarded = (): Value => {
    for (const statement of limit) ctx.statements.push(statement);
    ctx.set(first, to.expr, span);
    const counter = ctx.local(slot, span);
    const passed: CoreExpr = {
      kind: "select",
      test: ctx.local(up, span),
      then: op("gt", counter, ctx.local(first, span)),
      otherwise: op("lt", counter, ctx.local(first, span)),
      type: "bool",
      qualifier: "series",
      span,
    };
    const stop: CoreStatement = { kind: "jump", to: "break", span };
    ctx.emit({ kind: "if", test: passed, then: [stop], otherwise: [], span });
    return body();
  };
  return loop(ctx, span, wanted, guarded, (statements) => ({
    kind: "for",
    slot: slot.id,
    from: start,
    to: end,
    by: by?.expr ?? null,
    body: statements,
    span,
  }));
}

type LoopName = readonly [name: string, span: Span, slot: OpenSlot];

/** The body of a loop. What it assigns of the loop's own variables is a copy, so that counting goes on undisturbed. */
function checkBody(
  ctx: Context,
  scope: Scope,
  block: Block,
  wanted: boolean,
  names: readonly LoopName[],
): Value {
  const inner = new Scope(scope);
  for (const [name, span, slot] of names) {
    let own = slot;
    if (ctx.assigned.has(name)) {
      own = ctx.slot(name, slot.type);
      ctx.set(own, ctx.local(slot, span), span);
    }
    declare(ctx, inner, { name, span, type: own.type, slot: own, mutable: true });
  }
  return checkStatements(ctx, new Scope(inner), block.statements, wanted);
}

export function checkForIn(ctx: Context, scope: Scope, node: ForIn, wanted: boolean): Value {
  const { span } = node;
  const array = checkExpression(ctx, scope, node.array);
  const { type } = array;
  if (isMap(type) && node.index !== null)
    return throughMap(ctx, scope, { ...node, index: node.index }, array, wanted);
  if (!isArray(type)) {
    if (type !== "unknown" && type !== "drawing")
      ctx.report(
        "script_type",
        { what: "what for … in goes through", expected: "an array", found: shown(type) },
        node.array.span,
      );
    return overUnknown(
      ctx,
      scope,
      node,
      type === "drawing" || type === "unknown" ? array : ctx.broken(span),
      wanted,
    );
  }
  const item = ctx.slot(node.item.text, itemType(type));
  const index = node.index === null ? null : ctx.slot(node.index.text, "int");
  const names: LoopName[] = [[node.item.text, node.item, item]];
  if (node.index !== null && index !== null) names.push([node.index.text, node.index, index]);
  const from = ctx.bind(array.expr, "array");
  return loop(
    ctx,
    span,
    wanted,
    () => checkBody(ctx, scope, node.body, wanted, names),
    (body) => ({
      kind: "for_in",
      index: index?.id ?? null,
      slot: item.id,
      array: from,
      body,
      span,
    }),
  );
}

/** The keys as they are before the first round; what a round changes is seen by those behind it. */
function throughMap(
  ctx: Context,
  scope: Scope,
  { item, index, body, span }: ForIn & { readonly index: Name },
  map: Value,
  wanted: boolean,
): Value {
  const type = map.type as `map<${Scalar},${Item}>`;
  const of = (fn: string, args: readonly CoreExpr[], type: CoreType): CoreExpr => ({
    kind: "array",
    fn,
    args,
    type,
    qualifier: "series",
    span,
  });
  const from = ctx.bind(map.expr, "map");
  const keys = ctx.bind(of("map.keys", [from], `array<${keyType(type)}>`), "keys");
  const key = ctx.slot(index.text, keyType(type));
  const value = ctx.slot(item.text, itemType(type));
  const names: LoopName[] = [
    [index.text, index, key],
    [item.text, item, value],
  ];
  return loop(
    ctx,
    span,
    wanted,
    () => {
      ctx.set(value, of("map.get", [from, ctx.local(key, index)], itemType(type)), item);
      return checkBody(ctx, scope, body, wanted, names);
    },
    (statements) => ({
      kind: "for_in",
      index: null,
      slot: key.id,
      array: keys,
      body: statements,
      span,
    }),
  );
}

/** Through drawings, or what is broken: its statements hang on a value that nothing can have. */
function overUnknown(
  ctx: Context,
  scope: Scope,
  node: ForIn,
  array: Value,
  wanted: boolean,
): Value {
  const inner = new Scope(scope);
  const one = { type: array.type, expr: array.expr };
  declare(ctx, inner, { name: node.item.text, span: node.item, type: array.type, value: one });
  if (node.index !== null) {
    const index = { type: "unknown" as const, expr: array.expr };
    declare(ctx, inner, { name: node.index.text, span: node.index, type: "unknown", value: index });
  }
  loop(
    ctx,
    node.span,
    false,
    () => checkStatements(ctx, new Scope(inner), node.body.statements, false),
    (body) => ({ kind: "while", test: array.expr, body, span: node.span }),
  );
  return wanted ? { type: "unknown", expr: array.expr } : { ...array, type: "void" };
}

/** A test that needs statements is computed inside the loop, and left from there. */
export function checkWhile(ctx: Context, scope: Scope, node: While, wanted: boolean): Value {
  const { span } = node;
  ctx.loops++;
  const test = ctx.branch(() =>
    condition(ctx, checkExpression(ctx, scope, node.test), node.test.span),
  );
  ctx.loops--;
  const simple = test.statements.length === 0;
  return loop(
    ctx,
    span,
    wanted,
    () => {
      if (!simple) {
        for (const statement of test.statements) ctx.statements.push(statement);
        const leave: CoreStatement = { kind: "jump", to: "break", span };
        ctx.emit({ kind: "if", test: test.result.expr, then: [], otherwise: [leave], span });
      }
      return checkBlock(ctx, scope, node.body, wanted);
    },
    (body) => ({
      kind: "while",
      test: simple ? test.result.expr : constant(true, "bool", span),
      body,
      span,
    }),
  );
}
