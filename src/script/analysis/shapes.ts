import type { CoreExpr } from "../../dsl/text/core.ts";
import type { Stages } from "./stages.ts";

/**
 * A number per expression, the same for expressions of the same form and meaning, so that they share a column. Texts of
 * users count by place and not by content: what they say must not change the code.
 */
export class Shapes {
  readonly #stages: Stages;
  readonly #byText = new Map<string, number>();
  readonly #byNode = new Map<CoreExpr, number>();
  readonly #inputs: ReadonlyMap<string, number>;

  constructor(stages: Stages, inputs: ReadonlyMap<string, number>) {
    this.#stages = stages;
    this.#inputs = inputs;
  }

  of(expr: CoreExpr): number {
    const known = this.#byNode.get(expr);
    if (known !== undefined) return known;
    const shape = this.#compute(expr);
    this.#byNode.set(expr, shape);
    return shape;
  }

  #compute(expr: CoreExpr): number {
    const all = (parts: readonly CoreExpr[]) => parts.map((part) => this.of(part)).join(",");
    switch (expr.kind) {
      case "const":
        if (typeof expr.value === "string") return this.#unique();
        return this.#intern(`const ${expr.type} ${Object.is(expr.value, -0) ? "-0" : expr.value}`);
      case "input":
        return this.#intern(`input ${this.#inputs.get(expr.name)}`);
      case "field":
      case "chart":
        return this.#intern(`${expr.kind} ${expr.field}`);
      case "local":
        return this.#stages.ofSlot(expr.slot) === "bar"
          ? this.#intern(`slot ${expr.slot}`)
          : this.of(this.#stages.valueOf(expr.slot));
      case "past":
        return this.#intern(`past ${all([expr.of, expr.offset])}`);
      case "unary":
        return this.#intern(`${expr.op} ${this.of(expr.operand)}`);
      case "binary":
        return this.#intern(
          `${expr.op} ${expr.left.type} ${expr.right.type} ${all([expr.left, expr.right])}`,
        );
      case "select":
        return this.#intern(`select ${all([expr.test, expr.then, expr.otherwise])}`);
      case "math":
        return this.#intern(`math ${expr.fn} ${expr.type} ${all(expr.args)}`);
      case "calendar":
        return this.#intern(`calendar ${expr.fn} ${all(expr.args)}`);
      case "string":
        return this.#intern(`string ${expr.fn} ${expr.type} ${all(expr.args)}`);
      case "indicator":
        return this.#intern(
          `indicator ${expr.name} ${expr.output} ${all(expr.sources)}; ${all(expr.params)}`,
        );
      case "block":
        return this.of(expr.value);
      case "ledger":
      case "trade":
      case "array":
      case "security":
        return this.#unique();
    }
  }

  #intern(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.#byText.size);
    return this.#byText.size - 1;
  }

  #unique(): number {
    return this.#intern(`unique ${this.#byText.size}`);
  }
}
