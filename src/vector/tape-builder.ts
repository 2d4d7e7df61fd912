import type { BooleanNode, NumberNode } from "../ir/index.ts";
import type { Dialect } from "./kernel.ts";
import type { ScalarTable } from "./scalar-table.ts";
import type { Instruction, Tape } from "./tape.ts";

/** Writes expressions as straight-line code; an expression met twice at the same offset is one instruction. */
export class TapeBuilder {
  readonly #dialect: Dialect;
  readonly #scalars: ScalarTable;
  readonly #columnOf: (node: NumberNode) => number;
  readonly #instructions: Instruction[] = [];
  readonly #known = new Map<string, number>();

  /** @param columnOf column of a field, indicator or flag node */
  constructor(dialect: Dialect, scalars: ScalarTable, columnOf: (node: NumberNode) => number) {
    this.#dialect = dialect;
    this.#scalars = scalars;
    this.#columnOf = columnOf;
  }

  get size(): number {
    return this.#instructions.length;
  }

  finish(outputs: readonly number[]): Tape {
    return { dialect: this.#dialect, instructions: this.#instructions, outputs };
  }

  /** @param offsets scalars to look back by, in sum */
  number(node: NumberNode, offsets: readonly number[] = []): number {
    if (node.stage === "param") return this.#add({ op: "scalar", scalar: this.#scalars.of(node) });
    switch (node.kind) {
      case "field":
      case "indicator":
      case "flag":
        return this.#add({ op: "load", column: this.#columnOf(node), offsets });
      case "history":
        return this.number(node.source, [...offsets, this.#scalars.of(node.offset)]);
      case "binary": {
        const a = this.number(node.left, offsets);
        const b = this.number(node.right, offsets);
        return this.#add({ op: node.op, a, b });
      }
      default:
        throw new Error(`a ${node.kind} node is a constant of a run`);
    }
  }

  boolean(node: BooleanNode): number {
    switch (node.kind) {
      case "truth":
        return this.#add({ op: "truth", value: node.value });
      case "compare":
        return this.#add({ op: node.op, a: this.number(node.left), b: this.number(node.right) });
      case "cross":
        return this.#cross(node, false);
      case "not":
        if (node.operand.kind === "cross") return this.#cross(node.operand, true);
        throw new Error("the position is known before code is made");
      case "logic":
        return this.#add({ op: node.op, operands: node.operands.map((o) => this.boolean(o)) });
      case "vote":
        throw new Error("votes are ands and ors before code is made");
      case "position":
        throw new Error("the position is known before code is made");
    }
  }

  #cross(node: Extract<BooleanNode, { kind: "cross" }>, negated: boolean): number {
    const left = this.number(node.left);
    const right = this.number(node.right);
    // Crossing under is the other side crossing over.
    const [a, b] = node.direction === "over" ? [left, right] : [right, left];
    return this.#add({ op: "cross", negated, a, b });
  }

  #add(instruction: Instruction): number {
    const key = JSON.stringify(instruction);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.#instructions.push(instruction) - 1;
    this.#known.set(key, index);
    return index;
  }
}
