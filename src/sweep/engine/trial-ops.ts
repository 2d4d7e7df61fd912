import { RELATION_BYTES } from "../../vector/wasm/layout.ts";
import { type ChunkProgram, maskBytes } from "./chunk-program.ts";
import type { Space } from "./space.ts";
import type { TrialGraph } from "./trial-graph.ts";

/** The mask operations that are a trial's own, into scratch memory that the next trial uses again. */
export class TrialOps {
  /** Where that memory begins, and its size; as much again is behind it, for one of two trials side by side. */
  readonly scratch: number;
  readonly scratchBytes: number;
  /** Per node: where its result stands while a trial runs that uses it. */
  readonly at: Int32Array;
  readonly #ops: Int32Array;
  readonly #first: Int32Array;
  readonly #base: number;

  constructor({ nodes, turns }: TrialGraph, program: ChunkProgram, space: Space, count: number) {
    const { own, first } = turns;
    this.#first = first;
    this.at = program.layout.at.slice();
    this.#ops = new Int32Array(8 * own.length);
    let most = 0;
    for (let trial = 0; trial < count; trial++)
      most = Math.max(most, first[trial + 1]! - first[trial]!);
    this.scratchBytes = most * RELATION_BYTES;
    this.scratch = space.take(2 * this.scratchBytes);
    for (let trial = 0; trial < count; trial++) {
      let free = this.scratch;
      for (let k = first[trial]!; k < first[trial + 1]!; k++) {
        const id = own[k]!;
        this.at[id] = free;
        program.maskOp(id, free, this.at, this.#ops, 8 * k);
        free += maskBytes(nodes.kind[id]!);
      }
    }
    this.#base = space.take(4 * this.#ops.length);
  }

  opsOf(trial: number): number {
    return this.#base + 32 * this.#first[trial]!;
  }

  countOf(trial: number): number {
    return this.#first[trial + 1]! - this.#first[trial]!;
  }

  write(ints: Int32Array): void {
    ints.set(this.#ops, this.#base >>> 2);
  }
}
