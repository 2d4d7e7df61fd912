import {
  bodyOf,
  everyStatement,
  expressionsOf,
  orderArguments,
  ownExpressions,
  parts,
  statementsIn,
  withParts,
  writes,
} from "../check/core-walk.ts";
import { withHistory } from "../check/history-depths.ts";
import type { CoreExpr, CoreScript, CoreStatement, OrderCall, Slot } from "../core.ts";
import { ArrayGroups } from "./array-groups.ts";

/**
 * What orders need, and nothing else: backwards from each order through the conditions around it, the slots that it reads,
 * what sets them on this bar or an earlier one, and what changes the arrays among them.
 */
export function slice(core: CoreScript): CoreScript {
  const needed = new Needed(core);
  const numbers = new Map<number, number>();
  const slots: Slot[] = [];
  for (const slot of core.slots) {
    if (!needed.slots.has(slot.id)) continue;
    numbers.set(slot.id, slots.length);
    slots.push({ ...slot, id: slots.length });
  }
  const body = new Rewriter(numbers, needed).statements(core.body);
  return withHistory({ ...core, slots, body });
}

/** Marks statements and slots, each once. */
class Needed {
  readonly slots = new Set<number>();
  private readonly marked = new Set<CoreStatement>();
  private readonly parents = new Map<CoreStatement, CoreStatement>();
  private readonly writers = new Map<number, CoreStatement[]>();
  private readonly jumps = new Map<CoreStatement, CoreStatement[]>();
  private readonly groups: ArrayGroups;
  private readonly open: CoreStatement[] = [];

  constructor(core: CoreScript) {
    this.groups = new ArrayGroups(core);
    this.index(core.body, null, null);
    for (const statement of everyStatement(core.body)) {
      if (statement.kind === "order") this.mark(statement);
    }
    for (let at = this.open.pop(); at !== undefined; at = this.open.pop()) this.follow(at);
  }

  keeps(statement: CoreStatement): boolean {
    return this.marked.has(statement);
  }

  /** Who sets which slot, and what stands around whom. */
  private index(
    statements: readonly CoreStatement[],
    parent: CoreStatement | null,
    loop: CoreStatement | null,
  ): void {
    for (const statement of statements) {
      if (parent !== null) this.parents.set(statement, parent);
      for (const slot of setBy(statement)) this.writes(slot, statement);
      if (statement.kind === "jump" && loop !== null) push(this.jumps, loop, statement);
      for (const root of expressionsOf(statement)) {
        for (const expr of ownExpressions(root)) {
          if (writes(expr)) {
            for (const slot of this.groups.of(expr)) this.writes(slot, statement);
          }
          // The statements of a request hang on what its value reads, not on where it stands.
          this.index(bodyOf(expr), null, null);
        }
      }
      const inner = "body" in statement ? statement : loop;
      for (const list of statementsIn(statement)) this.index(list, statement, inner);
    }
  }

  private writes(slot: number, statement: CoreStatement): void {
    push(this.writers, this.groups.root(slot), statement);
  }

  private mark(statement: CoreStatement): void {
    if (this.marked.has(statement)) return;
    this.marked.add(statement);
    this.open.push(statement);
  }

  private follow(statement: CoreStatement): void {
    const parent = this.parents.get(statement);
    if (parent !== undefined) this.mark(parent);
    for (const slot of setBy(statement)) this.need(slot);
    for (const root of expressionsOf(statement)) this.read(root);
    for (const jump of this.jumps.get(statement) ?? []) this.mark(jump);
  }

  private read(root: CoreExpr): void {
    for (const expr of ownExpressions(root)) {
      if (expr.kind === "local") this.need(expr.slot);
      if (expr.kind === "block") for (const inner of expr.statements) this.mark(inner);
    }
  }

  private need(slot: number): void {
    if (this.slots.has(slot)) return;
    this.slots.add(slot);
    for (const writer of this.writers.get(this.groups.root(slot)) ?? []) this.mark(writer);
  }
}

function setBy(statement: CoreStatement): readonly number[] {
  if (statement.kind === "set" || statement.kind === "for") return [statement.slot];
  if (statement.kind !== "for_in") return [];
  return statement.index === null ? [statement.slot] : [statement.slot, statement.index];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}

/** What is needed of the statements, with slots counted anew. */
class Rewriter {
  private readonly numbers: ReadonlyMap<number, number>;
  private readonly needed: Needed;
  private readonly done = new Map<CoreExpr, CoreExpr>();

  constructor(numbers: ReadonlyMap<number, number>, needed: Needed) {
    this.numbers = numbers;
    this.needed = needed;
  }

  statements(list: readonly CoreStatement[]): readonly CoreStatement[] {
    return list.filter((one) => this.needed.keeps(one)).map((one) => this.statement(one));
  }

  private slot(slot: number): number {
    return this.numbers.get(slot) ?? 0;
  }

  private statement(one: CoreStatement): CoreStatement {
    const at = (expr: CoreExpr) => this.expression(expr);
    switch (one.kind) {
      case "set":
        return { ...one, slot: this.slot(one.slot), value: at(one.value) };
      case "if":
        return {
          ...one,
          test: at(one.test),
          then: this.statements(one.then),
          otherwise: this.statements(one.otherwise),
        };
      case "for":
        return {
          ...one,
          slot: this.slot(one.slot),
          from: at(one.from),
          to: at(one.to),
          by: one.by === null ? null : at(one.by),
          body: this.statements(one.body),
        };
      case "for_in":
        return {
          ...one,
          slot: this.slot(one.slot),
          index: one.index === null ? null : this.slot(one.index),
          array: at(one.array),
          body: this.statements(one.body),
        };
      case "while":
        return { ...one, test: at(one.test), body: this.statements(one.body) };
      case "effect":
        return { ...one, value: at(one.value) };
      case "order":
        return { ...one, order: this.order(one.order) };
      case "jump":
        return one;
    }
  }

  private order(order: OrderCall): OrderCall {
    if (order.call === "risk")
      return { ...order, args: order.args.map((arg) => this.expression(arg)) };
    const args = orderArguments(order);
    const keys = Object.keys(order).filter((key) => key !== "call");
    const next = Object.fromEntries(keys.map((key, i) => [key, this.expression(args[i])]));
    return { ...order, ...next } as OrderCall;
  }

  private expression(expr: CoreExpr): CoreExpr {
    if (expr.kind === "local") return { ...expr, slot: this.slot(expr.slot) };
    const known = this.done.get(expr);
    if (known !== undefined) return known;
    const inner = parts(expr);
    const made =
      inner.length === 0
        ? expr
        : withParts(
            expr,
            inner.map((part) => this.expression(part)),
            this.statements(bodyOf(expr)),
          );
    this.done.set(expr, made);
    return made;
  }
}
