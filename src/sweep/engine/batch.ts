import { NEVER } from "../../backtest/orders.ts";
import {
  CHUNK,
  FRAME_BYTES,
  GIVEN_UP,
  RULE_BYTES,
  RULE_KIND,
  RULE_SIDE,
  RULE_WHEN,
  SIZE_CASH,
  SIZE_CLOSE,
  SIZE_PERCENT,
  SIZE_QUANTITY,
  T_ANY,
  T_BEFORE,
  T_BEST,
  T_CASH,
  T_CROSSING,
  T_ONLY,
  T_OP_COUNT,
  T_OPS,
  T_PEAK,
  T_PEAK_BAR,
  T_RULES,
  T_SUMMARIES,
  T_TROUGH,
  T_WORST,
} from "../../vector/wasm/layout.ts";
import { type ChunkLayout, farthestBack } from "./chunk-layout.ts";
import { ChunkProgram } from "./chunk-program.ts";
import type { SweepSetting } from "./engine.ts";
import { ExitBlocks } from "./exit-blocks.ts";
import { Frame } from "./frame.ts";
import type { PackForms } from "./indicator-form.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { Space } from "./space.ts";
import { STATES } from "./states.ts";
import type { TrialGraph } from "./trial-graph.ts";
import { TrialOps } from "./trial-ops.ts";
import { TrialSizes } from "./trial-sizes.ts";
import { onlyRule } from "./turning.ts";

/** A batch of trials laid out in the pack's memory. */
export class Batch {
  readonly ops: number;
  readonly opCount: number;
  readonly trials: number;
  readonly count: number;
  readonly recordBytes: number;
  readonly columns: number[] = [];
  readonly back: number;
  readonly end: number;
  /** Beside the bars. */
  readonly bytes: number;
  readonly foreign: ChunkLayout["foreign"];
  readonly #lean: LeanPlan;
  readonly #setting: SweepSetting;
  readonly #graph: TrialGraph;
  readonly #layout: ChunkLayout;
  readonly #frame: Frame;
  readonly #private: TrialOps;
  readonly #exits: ExitBlocks | null;
  readonly #sizes: TrialSizes;
  /** Of rules that fire by conditions: the place in the record of where the mask stands, and the condition; in turn. */
  readonly #signals: number[] = [];

  constructor(
    lean: LeanPlan,
    setting: SweepSetting,
    graph: TrialGraph,
    forms: PackForms,
    used: readonly number[],
    count: number,
  ) {
    const { length } = setting.bars.close;
    this.#lean = lean;
    this.#setting = setting;
    this.#graph = graph;
    this.count = count;
    this.back = farthestBack(graph);
    const space = new Space(FRAME_BYTES);
    for (const column of used) {
      this.columns[column] = space.take(8 * (this.back + length + CHUNK)) + 8 * this.back;
    }
    const begin = space.end;
    this.#frame = new Frame(space, lean, setting);
    const { zeros, ones } = this.#frame;
    const program = new ChunkProgram(lean, graph, forms, space, this.columns, zeros, ones);
    const { layout } = program;
    this.#layout = layout;
    this.foreign = layout.foreign;
    this.opCount = layout.opCount;
    this.ops = space.take(4 * layout.ops.length);
    this.#private = new TrialOps(graph, program, space, count);
    this.#sizes = new TrialSizes(lean.rules);
    this.#exits = lean.exits && new ExitBlocks(lean.exits, graph, layout, space, count);
    this.recordBytes = (T_RULES + RULE_BYTES * lean.rules.length + 63) & ~63;
    this.trials = space.take(this.recordBytes * count);
    this.end = space.end;
    this.bytes = space.end - begin + 8 * length * this.foreign.length;
  }

  record(trial: number): number {
    return this.trials + trial * this.recordBytes;
  }

  /** Writes everything but the bars. */
  write(buffer: ArrayBuffer): { ints: Int32Array; floats: Float64Array } {
    const ints = new Int32Array(buffer);
    const floats = new Float64Array(buffer);
    this.#frame.write(ints, floats, this.columns, this.#private);
    this.#exits?.frame(ints, floats, this.columns);
    for (const { at, ints: whole, floats: real, repeat } of this.#layout.presets) {
      if (repeat !== undefined) floats.fill(real![0]!, at >>> 3, (at >>> 3) + repeat);
      else if (real) floats.set(real, at >>> 3);
      else ints.set(whole!, at >>> 2);
    }
    ints.set(this.#layout.ops, this.ops >>> 2);
    this.#private.write(ints);
    this.#writeFirst(ints, floats);
    const words = this.recordBytes >>> 2;
    const first = this.trials >>> 2;
    for (let trial = 1; trial < this.count; trial++)
      ints.copyWithin(first + trial * words, first, first + words);
    for (let trial = 0; trial < this.count; trial++) {
      if (this.#graph.whole[trial] === 1) ints[this.record(trial) >>> 2] = GIVEN_UP;
      else this.#writeTrial(ints, floats, trial);
    }
    return { ints, floats };
  }

  /** What the records of all trials begin with, as the first one. */
  #writeFirst(ints: Int32Array, floats: Float64Array): void {
    const { settings } = this.#setting;
    const record = this.trials;
    const int = record >>> 2;
    const float = record >>> 3;
    ints.fill(0, int, int + (this.recordBytes >>> 2));
    for (const offset of [T_CASH, T_BEFORE, T_PEAK, T_TROUGH])
      floats[float + (offset >>> 3)] = settings.cash;
    floats[float + (T_BEST >>> 3)] = Number.NaN;
    floats[float + (T_WORST >>> 3)] = Number.NaN;
    ints[int + (T_PEAK_BAR >>> 2)] = settings.start - 1;
    STATES.forEach((state, k) => {
      ints[int + (T_ONLY >>> 2) + k] = onlyRule(this.#lean, state);
    });
    this.#lean.rules.forEach(({ side, sizing, when }, k) => {
      const rule = record + T_RULES + RULE_BYTES * k;
      ints[(rule + RULE_KIND) >>> 2] = KINDS[sizing.kind]!;
      ints[(rule + RULE_SIDE) >>> 2] = side === "buy" ? 1 : -1;
      STATES.forEach((state, j) => {
        const place = ((rule + RULE_WHEN) >>> 2) + j;
        const condition = when[state];
        ints[place] = condition === NEVER ? this.#frame.zeros : this.#frame.ones;
        if (condition >= 0) this.#signals.push(place - int, condition);
      });
    });
  }

  #writeTrial(ints: Int32Array, floats: Float64Array, trial: number): void {
    const { any, conditions, turns } = this.#graph;
    const { at } = this.#private;
    const { plan } = this.#lean;
    const record = this.record(trial);
    const int = record >>> 2;
    const crossed = turns.crossed[trial]!;
    ints[int + (T_OPS >>> 2)] = this.#private.opsOf(trial);
    ints[int + (T_OP_COUNT >>> 2)] = this.#private.countOf(trial);
    ints[int + (T_CROSSING >>> 2)] = crossed < 0 ? 0 : at[crossed]!;
    ints[int + (T_SUMMARIES >>> 2)] = turns.shares[trial]!;
    for (let state = 0; state < 3; state++)
      ints[int + (T_ANY >>> 2) + state] = at[any[3 * trial + state]!]!;
    const first = trial * plan.conditions;
    for (let k = 0; k < this.#signals.length; k += 2)
      ints[int + this.#signals[k]!] = at[conditions[first + this.#signals[k + 1]!]!]!;
    this.#sizes.write(floats, record, this.#graph.scalars, trial * plan.scalars.length);
    this.#exits?.write(ints, floats, trial, record);
  }
}

const KINDS: Readonly<Record<string, number>> = {
  quantity: SIZE_QUANTITY,
  quantity_scalar: SIZE_QUANTITY,
  close: SIZE_CLOSE,
  cash: SIZE_CASH,
  percent_of_equity: SIZE_PERCENT,
};
