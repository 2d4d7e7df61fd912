import { COLUMN_BYTES, OP_BYTES, OP_HISTORY } from "../../vector/wasm/layout.ts";
import { NODE, type NodeTable } from "./node-table.ts";
import type { Space } from "./space.ts";
import type { TrialGraph } from "./trial-graph.ts";

/** Numbers to be written into the pack's memory once it is there. */
export interface Preset {
  readonly at: number;
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  /** Writes the first of `floats` so many times. */
  readonly repeat?: number;
}

/** A column that the indicator's own kernel makes: copied in chunk by chunk. */
export interface Foreign {
  readonly at: number;
  /** Values of earlier bars that stand before it. */
  readonly back: number;
  readonly trial: number;
  /** Of the plan. */
  readonly column: number;
}

/** What a batch's shared columns and masks take: memory, what it holds at first, and operations in order of need. */
export class ChunkLayout {
  /** Eight numbers each. */
  readonly ops: number[] = [];
  readonly presets: Preset[] = [];
  readonly foreign: Foreign[] = [];
  readonly space: Space;
  /** Addresses of the bars' columns. */
  readonly columns: readonly number[];
  /** Address of the result of a node; of a column of all bars where `whole` is 1. */
  readonly at: Int32Array;
  readonly whole: Uint8Array;
  /** How many bars back a column is read. */
  readonly back: Int32Array;

  constructor(nodes: NodeTable, space: Space, columns: readonly number[]) {
    this.space = space;
    this.columns = columns;
    this.at = new Int32Array(nodes.size);
    this.whole = new Uint8Array(nodes.size);
    this.back = new Int32Array(nodes.size);
    const { kind, a, b, size } = nodes;
    for (let id = 0; id < size; id++)
      if (kind[id] === NODE.shift) this.back[a[id]!] = Math.max(this.back[a[id]!]!, b[id]!);
  }

  op(code: number, out: number, a = 0, b = 0, c = 0, d = 0, flags = 0, more = 0): void {
    this.ops.push(code, out, a, b, c, d, flags, more);
  }

  /** How many operations there are, as the pack counts them. */
  get opCount(): number {
    return (4 * this.ops.length) / OP_BYTES;
  }

  /** Memory of a column of a chunk, with room for what is read of earlier bars. */
  column(id: number, keeps = true): number {
    const back = this.back[id]!;
    const start = this.space.take(8 * back + COLUMN_BYTES);
    const at = start + 8 * back;
    if (back > 0) {
      this.presets.push({ at: start, floats: [Number.NaN], repeat: back });
      if (keeps) this.op(OP_HISTORY, at, 0, 0, 0, 0, 0, back);
    }
    return at;
  }
}

/** How many numbers stand before the bars' columns: what is read before the first bar is na. */
export function farthestBack({ nodes }: TrialGraph): number {
  let back = 0;
  for (let id = 0; id < nodes.size; id++)
    if (nodes.kind[id] === NODE.shift) back = Math.max(back, nodes.b[id]!);
  return back;
}
