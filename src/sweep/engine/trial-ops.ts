import { RELATION_BYTES } from "../../vector/wasm/layout.ts";
import { type ChunkProgram, maskBytes, type Space } from "./chunk-program.ts";
import { NODE } from "./node-table.ts";
import type { TrialGraph } from "./trial-graph.ts";

/** The mask operations that are a trial's own, into scratch memory that the next trial uses again. */
export class TrialOps {
  /** Where that memory begins, and its size; as much again is behind it, for one of two trials side by side. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly #program: ChunkProgram;
  readonly #ops: Int32Array;
  readonly #first: Int32Array;
  readonly #base: number;
  readonly #places: Int32Array;

  constructor(graph: TrialGraph, program: ChunkProgram, space: Space, count: number) {
    const { nodes } = graph;
    this.#program = program;
    this.#first = new Int32Array(count + 1);
    this.#places = new Int32Array(nodes.size);
    const own = ownMasks(graph, count);
    this.#ops = new Int32Array(8 * own.nodes.length);
    let most = 0;
    for (let trial = 0; trial < count; trial++)
      most = Math.max(most, own.first[trial + 1]! - own.first[trial]!);
    this.scratchBytes = most * RELATION_BYTES;
    this.scratch = space.take(2 * this.scratchBytes);
    const at = (node: number) => this.at(node);
    for (let trial = 0; trial < count; trial++) {
      let free = this.scratch;
      this.#first[trial] = 8 * own.first[trial]!;
      for (let k = own.first[trial]!; k < own.first[trial + 1]!; k++) {
        const id = own.nodes[k]!;
        this.#places[id] = free;
        free += maskBytes(nodes.kind[id]!);
        program.maskOp(id, this.#places[id]!, at, this.#ops, 8 * k);
      }
    }
    this.#first[count] = this.#ops.length;
    this.#base = space.take(4 * this.#ops.length);
  }

  /** Where the mask of a node stands while a trial runs that uses it. */
  at(node: number): number {
    return this.#program.at[node]! || this.#places[node]!;
  }

  opsOf(trial: number): number {
    return this.#base + 4 * this.#first[trial]!;
  }

  countOf(trial: number): number {
    return (this.#first[trial + 1]! - this.#first[trial]!) >>> 3;
  }

  write(ints: Int32Array): void {
    ints.set(this.#ops, this.#base >>> 2);
  }
}

/** Mask nodes of a single trial, trial after trial, operands first. */
function ownMasks(
  { nodes, whole }: TrialGraph,
  count: number,
): { first: Int32Array; nodes: Int32Array } {
  const { kind, owner, shared, size } = nodes;
  const first = new Int32Array(count + 1);
  const isOwn = (id: number) =>
    shared[id] === 0 &&
    kind[id]! >= NODE.relation &&
    kind[id]! <= NODE.or &&
    whole[owner[id]!] === 0;
  for (let id = 0; id < size; id++) if (isOwn(id)) first[owner[id]! + 1]!++;
  for (let trial = 0; trial < count; trial++) first[trial + 1]! += first[trial]!;
  const next = first.slice();
  const list = new Int32Array(first[count]!);
  for (let id = 0; id < size; id++) if (isOwn(id)) list[next[owner[id]!]!++] = id;
  return { first, nodes: list };
}
