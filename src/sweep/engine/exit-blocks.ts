import type { BothHit } from "../../backtest/execution-models.ts";
import { Ticks } from "../../backtest/script/ticks.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { PlanDistance } from "../../vector/plan.ts";
import {
  DISTANCE_COLUMN,
  DISTANCE_HITS,
  DISTANCE_KIND,
  DISTANCE_VALUE,
  EXIT_LISTS_BYTES,
  EXITS_BYTES,
  FIXED,
  FRAME_BOTH_HIT,
  FRAME_EXIT_LISTS,
  FRAME_HIGH,
  FRAME_HIGHS,
  FRAME_LOW,
  FRAME_LOWS,
  FRAME_OPEN,
  FRAME_TICK,
  FRAME_TICKS_PER_UNIT,
  NO_DISTANCE,
  OF_ATR,
  SHARE,
  STOP_FIRST,
  TARGET_FIRST,
  TREE_BYTES,
  TV_PATH,
  X_STOP,
  X_TARGET,
} from "../../vector/wasm/exit-layout.ts";
import { FRAME_BYTES, T_EXITS } from "../../vector/wasm/layout.ts";
import type { ChunkLayout } from "./chunk-layout.ts";
import type { LeanExits } from "./exit-plan.ts";
import type { Space } from "./space.ts";
import type { TrialGraph } from "./trial-graph.ts";

const POLICIES: Readonly<Record<BothHit, number>> = {
  tv_path: TV_PATH,
  stop_first: STOP_FIRST,
  target_first: TARGET_FIRST,
};

const KINDS: Readonly<Record<PlanDistance["kind"], number>> = {
  percent: SHARE,
  ticks: FIXED,
  atr: OF_ATR,
};

const PLACES = [X_STOP, X_TARGET] as const;

/** The exits of a batch's trials in the pack's memory, and what they share. */
export class ExitBlocks {
  readonly #exits: LeanExits;
  readonly #graph: TrialGraph;
  readonly #layout: ChunkLayout;
  readonly #blocks: number;
  readonly #lows: number;
  readonly #highs: number;
  readonly #lists: number;

  constructor(
    exits: LeanExits,
    graph: TrialGraph,
    layout: ChunkLayout,
    space: Space,
    count: number,
  ) {
    this.#exits = exits;
    this.#graph = graph;
    this.#layout = layout;
    this.#lows = space.take(TREE_BYTES);
    this.#highs = space.take(TREE_BYTES);
    this.#lists = space.take(EXIT_LISTS_BYTES);
    this.#blocks = space.take(EXITS_BYTES * count);
  }

  /** @param columns addresses of the bars' columns */
  frame(ints: Int32Array, floats: Float64Array, columns: readonly number[]): void {
    const { bothHit, tick } = this.#exits.models;
    const ticks = new Ticks(tick ?? 0, tick !== null);
    ints[FRAME_OPEN >>> 2] = columns[COLUMNS.indexOf("open")]!;
    ints[FRAME_HIGH >>> 2] = columns[COLUMNS.indexOf("high")]!;
    ints[FRAME_LOW >>> 2] = columns[COLUMNS.indexOf("low")]!;
    ints[FRAME_LOWS >>> 2] = this.#lows;
    ints[FRAME_HIGHS >>> 2] = this.#highs;
    ints[FRAME_EXIT_LISTS >>> 2] = this.#lists;
    ints[FRAME_BOTH_HIT >>> 2] = POLICIES[bothHit];
    floats[FRAME_TICK >>> 3] = ticks.size;
    floats[FRAME_TICKS_PER_UNIT >>> 3] = ticks.perUnit;
  }

  /** @param record of the trial */
  write(ints: Int32Array, floats: Float64Array, trial: number, record: number): void {
    const block = this.#blocks + EXITS_BYTES * trial;
    ints[(record + T_EXITS) >>> 2] = block;
    for (let k = 0; k < PLACES.length; k++)
      this.#distance(ints, floats, block + PLACES[k]!, trial, k);
  }

  #distance(
    ints: Int32Array,
    floats: Float64Array,
    at: number,
    trial: number,
    which: number,
  ): void {
    const { nodes, exits } = this.#graph;
    const distance = this.#exits.distances[which]!;
    const node = exits[2 * trial + which]!;
    floats[(at + DISTANCE_VALUE) >>> 3] =
      distance === null ? Number.NaN : this.#value(node, distance);
    ints[(at + DISTANCE_KIND) >>> 2] = distance === null ? NO_DISTANCE : KINDS[distance.kind];
    ints[(at + DISTANCE_COLUMN) >>> 2] =
      distance?.kind === "atr" ? this.#layout.at[nodes.b[node]!]! : 0;
    ints[(at + DISTANCE_HITS) >>> 2] = distance === null ? 0 : this.#layout.at[node]!;
  }

  #value(node: number, { kind }: PlanDistance): number {
    const { a, values } = this.#graph.nodes;
    const value = values[a[node]!]!;
    if (kind === "percent") return value / 100;
    return kind === "ticks" ? value * this.#exits.models.tick! : value;
  }
}

/** Where nothing closes by itself, nothing stands in the frame of what does. */
export function noExits(ints: Int32Array): void {
  ints.fill(0, FRAME_OPEN >>> 2, FRAME_BYTES >>> 2);
}
