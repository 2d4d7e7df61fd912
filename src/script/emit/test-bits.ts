import type { CoreExpr, CoreStatement } from "../../dsl/text/core.ts";
import { type Code, code } from "../../vector/code.ts";
import type { ExpressionEmitter } from "./expressions.ts";
import * as letters from "./letters.ts";
import { bar, E } from "./letters.ts";
import type { UnitBuilder } from "./unit-builder.ts";

/** Bits of a byte beside the lowest, which is always set. */
const MOST = 7;
/** Operations from which on a test is not made on every bar. */
export const HEAVY = 64;

/**
 * Tests of `if` statements that need no more than columns, made for all bars before the bar loop: bit 1 and higher of a byte per
 * bar. The loop finds the next bar on which one holds, and branches, without what they are made of.
 */
export class TestBits {
  private readonly tests: CoreExpr[] = [];

  constructor(
    private readonly unit: UnitBuilder,
    body: readonly CoreStatement[],
  ) {
    this.collect(body);
  }

  get isEmpty(): boolean {
    return this.tests.length === 0;
  }

  /** The bit of a test, or null. */
  bitOf(test: CoreExpr): number | null {
    const at = this.tests.indexOf(this.unit.stages.resolve(test));
    return at < 0 ? null : at + 1;
  }

  /** What makes the byte of a bar. */
  emit(emitter: ExpressionEmitter): readonly Code[] {
    const bits = this.tests.map((test, at) => {
      const { block, result } = emitter.within(() => emitter.emit(test));
      for (const line of block.lines) emitter.fn.block.push(line);
      return code`+${result} << ${at + 1}`;
    });
    const byte = bits.reduce((all, bit) => code`${all} | ${bit}`, code`1`);
    return [...emitter.fn.block.lines, code`${bitsOf(emitter)}[${bar}] = ${byte};`];
  }

  private collect(statements: readonly CoreStatement[]): void {
    for (const statement of statements) {
      if (statement.kind !== "if") continue;
      this.add(statement.test);
      this.collect(statement.then);
      this.collect(statement.otherwise);
    }
  }

  /** A test, or the parts of one that is not of columns alone. */
  private add(test: CoreExpr): void {
    const { stages } = this.unit;
    const stage = stages.of(test);
    if (stage === "bar" && test.kind === "binary" && (test.op === "and" || test.op === "or")) {
      this.add(test.left);
      this.add(test.right);
    }
    if (stage !== "pure" || test.type !== "bool" || this.tests.length === MOST) return;
    const resolved = stages.resolve(test);
    if (resolved.kind === "const" || this.tests.includes(resolved)) return;
    if (weightOf(resolved, this.unit) < HEAVY) this.tests.push(resolved);
  }
}

/** The bytes of all bars. */
export function bitsOf({ fn }: ExpressionEmitter): Code {
  return code`${fn.head(letters.bits, code`${E}.t`)}`;
}

/** Operations that a test of columns takes on a bar. */
export function weightOf(expr: CoreExpr, unit: UnitBuilder): number {
  const { stages } = unit;
  if (stages.of(expr) === "run" || unit.directColumn(expr) !== null) return 1;
  switch (expr.kind) {
    case "local":
      return unit.light(expr.slot) ? weightOf(stages.valueOf(expr.slot), unit) : HEAVY;
    case "past":
      return weightOf(expr.of, unit);
    case "unary":
      return 1 + weightOf(expr.operand, unit);
    case "binary":
      return 1 + weightOf(expr.left, unit) + weightOf(expr.right, unit);
    default:
      return HEAVY;
  }
}
