import {
  bodyOf,
  everyExpression,
  everyStatement,
  expressionsOf,
  writes,
} from "../check/core-walk.ts";
import { type CoreExpr, type CoreScript, type CoreStatement, isReference } from "../core.ts";

/** Slots that may hold or reach the same array or object: what is put into one is in the other. */
export class ArrayGroups {
  private readonly up: number[];
  private readonly shares: readonly boolean[];

  constructor(core: CoreScript) {
    this.up = core.slots.map(({ id }) => id);
    this.shares = core.slots.map(({ type }) => isReference(type));
    this.join(core.body);
  }

  root(slot: number): number {
    let at = slot;
    while (this.up[at] !== at) {
      this.up[at] = this.up[this.up[at]];
      at = this.up[at];
    }
    return at;
  }

  /** The arrays that an expression is or reaches. */
  of(expr: CoreExpr): readonly number[] {
    const slots: number[] = [];
    for (const part of everyExpression(expr)) {
      if (part.kind === "local" && this.shares[part.slot]) slots.push(part.slot);
    }
    return slots;
  }

  private join(statements: readonly CoreStatement[]): void {
    for (const statement of everyStatement(statements)) {
      if (statement.kind === "set" && this.shares[statement.slot]) {
        for (const slot of this.of(statement.value)) this.union(slot, statement.slot);
      }
      if (statement.kind === "for_in" && this.shares[statement.slot]) {
        for (const slot of this.of(statement.array)) this.union(slot, statement.slot);
      }
      for (const root of expressionsOf(statement)) {
        for (const expr of everyExpression(root)) {
          this.join(bodyOf(expr));
          if (writes(expr)) this.together(this.of(expr));
        }
      }
    }
  }

  /** An object that is put into an array can be reached through it. */
  private together([first, ...others]: readonly number[]): void {
    for (const other of others) this.union(first, other);
  }

  private union(a: number, b: number): void {
    this.up[this.root(a)] = this.root(b);
  }
}
