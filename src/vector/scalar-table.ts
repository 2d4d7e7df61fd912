import type { NumberNode } from "../ir/index.ts";
import type { Scalar } from "./plan.ts";

/** Numbers the run constants of a program, each once. */
export class ScalarTable {
  readonly all: Scalar[] = [];
  readonly #params: readonly string[];
  readonly #known = new Map<NumberNode, number>();

  /** @param params names in order of declaration */
  constructor(params: readonly string[]) {
    this.#params = params;
  }

  /** @param node a node of stage `param` */
  of(node: NumberNode): number {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const scalar = this.#scalar(node);
    const index = this.all.push(scalar) - 1;
    this.#known.set(node, index);
    return index;
  }

  #scalar(node: NumberNode): Scalar {
    switch (node.kind) {
      case "literal":
        return { op: "literal", value: node.value };
      case "param":
        return { op: "param", index: this.#params.indexOf(node.name) };
      case "binary":
        return { op: node.op, a: this.of(node.left), b: this.of(node.right) };
      default:
        throw new Error(`a ${node.kind} node is no constant of a run`);
    }
  }
}
