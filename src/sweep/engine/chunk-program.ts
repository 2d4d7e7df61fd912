import type { Dialect } from "../../vector/kernel.ts";
import { HITS_BYTES, HITS_HEAD } from "../../vector/wasm/exit-layout.ts";
import {
  ARMED,
  CONSTANT,
  CROSS_BYTES,
  LAST_DEFINED,
  LAST_NON_ZERO,
  LISTED_MASK_BYTES,
  MASK_BYTES,
  OP_AND,
  OP_CLEAR,
  OP_COMPARE,
  OP_CROSS,
  OP_OR,
  OP_RELATE,
  OP_SCALES,
  OP_SHADOW,
  OP_SUMMARY,
  PREVIOUS_BAR,
  RELATION_BYTES,
  SCALE_BYTES,
  SHADOW_BYTES,
  STRETCHES,
  WHOLE_A,
} from "../../vector/wasm/layout.ts";
import { ChunkColumns, wholeFlags } from "./chunk-columns.ts";
import { ChunkLayout } from "./chunk-layout.ts";
import { comparedColumns } from "./compared-columns.ts";
import type { PackForms } from "./indicator-form.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { NODE, type NodeTable } from "./node-table.ts";
import type { Space } from "./space.ts";
import type { TrialGraph } from "./trial-graph.ts";

const MASK_OPS: Readonly<Record<number, number>> = {
  [NODE.compare]: OP_COMPARE,
  [NODE.cross]: OP_CROSS,
  [NODE.and]: OP_AND,
  [NODE.or]: OP_OR,
};

const MACHINES: Readonly<Record<Dialect, number>> = {
  tv: LAST_DEFINED,
  talib: LAST_DEFINED,
  backtrader: LAST_NON_ZERO,
  pandas: PREVIOUS_BAR,
  vectorbt: ARMED,
};

/**
 * Lays out what the trials of a batch compute: addresses for every shared column and mask, and the operations
 * that fill them. Masks of a single trial stand in scratch memory that all trials use in turn.
 */
export class ChunkProgram {
  readonly layout: ChunkLayout;
  readonly #graph: TrialGraph;
  readonly #nodes: NodeTable;
  readonly #shadows: Int32Array;
  readonly #states: Int32Array;
  readonly #machine: number;

  /** @param columns addresses of the bars' columns */
  constructor(
    lean: LeanPlan,
    graph: TrialGraph,
    forms: PackForms,
    space: Space,
    columns: readonly number[],
    zeros: number,
    ones: number,
  ) {
    const { nodes } = graph;
    this.layout = new ChunkLayout(nodes, space, columns);
    this.#graph = graph;
    this.#nodes = nodes;
    this.#machine = MACHINES[lean.dialect];
    this.#shadows = new Int32Array(nodes.size);
    this.#states = new Int32Array(nodes.size);
    const placed = new ChunkColumns(lean, graph, forms, this.layout);
    for (let id = 0; id < nodes.size; id++) if (isColumn(nodes.kind[id]!)) placed.place(id);
    for (const group of comparedColumns(nodes)) this.#shadow(group);
    for (let id = 0; id < nodes.size; id++)
      if (!isColumn(nodes.kind[id]!)) this.#placeMask(id, zeros, ones);
  }

  /**
   * Writes the operation of a mask node, whose result goes to `out`, as eight numbers from place `k` on.
   * @param at where the masks of its operands stand
   */
  maskOp(id: number, out: number, at: Int32Array, to: number[] | Int32Array, k: number): void {
    const { kind, a, b, c } = this.#nodes;
    const x = a[id]!;
    const y = b[id]!;
    to[k + 1] = out;
    to[k + 7] = c[id]!;
    if (kind[id] === NODE.relation) {
      to[k] = OP_RELATE;
      to[k + 2] = this.layout.at[x]!;
      to[k + 3] = this.layout.at[y]!;
      to[k + 4] = this.#shadows[x]!;
      to[k + 5] = this.#shadows[y]!;
      to[k + 6] = wholeFlags(this.layout, x, y);
      return;
    }
    to[k] = MASK_OPS[kind[id]!]!;
    to[k + 2] = at[x]!;
    to[k + 3] = kind[id] === NODE.cross ? this.#states[id]! : at[y]!;
    to[k + 4] = this.#machine;
    to[k + 5] = 0;
    to[k + 6] = 0;
  }

  #placeMask(id: number, zeros: number, ones: number): void {
    const { kind, a, shared } = this.#nodes;
    const { at, presets, space } = this.layout;
    switch (kind[id]) {
      case NODE.truth:
        at[id] = a[id] === 1 ? ones : zeros;
        return;
      case NODE.cross:
        this.#states[id] = space.take(CROSS_BYTES);
        presets.push({ at: this.#states[id]!, ints: [0, 0, 0, 0] });
        if (shared[id] === 1) this.#mask(id);
        return;
      case NODE.exit:
        if (shared[id] === 1) this.#hits(id);
        return;
      case NODE.relation:
      case NODE.compare:
      case NODE.and:
      case NODE.or:
        if (shared[id] === 1) this.#mask(id);
    }
  }

  /** Where an exit is hit for the entries at hand; forgotten with each chunk. */
  #hits(id: number): void {
    const { at, space } = this.layout;
    at[id] = space.take(HITS_BYTES);
    this.layout.op(OP_CLEAR, at[id]!, 0, 0, 0, 0, 0, HITS_HEAD);
  }

  #mask(id: number): void {
    const { at, ops, space } = this.layout;
    const isListed = this.#graph.turns.listed[id] === 1;
    const bytes = maskBytes(this.#nodes.kind[id]!);
    at[id] = space.take(isListed ? LISTED_MASK_BYTES : bytes);
    this.maskOp(id, at[id]!, at, ops, ops.length);
    if (isListed) this.layout.op(OP_SUMMARY, at[id]!);
  }

  /** Short forms of columns that are compared with each other, on one scale. */
  #shadow(group: readonly number[]): void {
    const { at, presets, space } = this.layout;
    const list = space.take(8 * group.length);
    const scale = space.take(SCALE_BYTES * STRETCHES);
    presets.push({ at: list, ints: group.flatMap((id) => [at[id]!, this.#shadowFlags(id)]) });
    this.layout.op(OP_SCALES, scale, list, 0, 0, 0, 0, group.length);
    for (const id of group) {
      this.#shadows[id] = space.take(SHADOW_BYTES);
      const flags = this.#shadowFlags(id);
      this.layout.op(OP_SHADOW, this.#shadows[id]!, at[id]!, scale, 0, 0, flags);
    }
  }

  #shadowFlags(id: number): number {
    if (this.#nodes.kind[id] === NODE.constant) return CONSTANT;
    return this.layout.whole[id] === 1 ? WHOLE_A : 0;
  }
}

function isColumn(kind: number): boolean {
  return kind !== NODE.truth && kind < NODE.relation;
}

export function maskBytes(kind: number): number {
  return kind === NODE.relation ? RELATION_BYTES : MASK_BYTES;
}
