import { bodyOf, everyExpression, everyStatement, expressionsOf } from "../check/core-walk.ts";
import type { CoreExpr, CoreScript, CoreStatement } from "../core.ts";

/** Slots that may hold the same array: what is pushed to one is in the other. */
export class ArrayGroups {
  private readonly up: number[];
  private readonly isArray: readonly boolean[];

  constructor(core: CoreScript) {
    this.up = core.slots.map(({ id }) => id);
    this.isArray = core.slots.map(({ type }) => type.startsWith("array<"));
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
      if (part.kind === "local" && this.isArray[part.slot]) slots.push(part.slot);
    }
    return slots;
  }

  private join(statements: readonly CoreStatement[]): void {
    for (const statement of everyStatement(statements)) {
      if (statement.kind === "set" && this.isArray[statement.slot]) {
        for (const slot of this.of(statement.value)) this.union(slot, statement.slot);
      }
      for (const root of expressionsOf(statement)) {
        for (const expr of everyExpression(root)) this.join(bodyOf(expr));
      }
    }
  }

  private union(a: number, b: number): void {
    this.up[this.root(a)] = this.root(b);
  }
}
