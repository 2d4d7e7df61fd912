import { NEVER } from "../../backtest/orders.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { PlanRule } from "../../vector/plan.ts";
import {
  CHUNK,
  FRAME_AT_CLOSE,
  FRAME_BUY,
  FRAME_BYTES,
  FRAME_CLOSE,
  FRAME_ENTRY,
  FRAME_EXACT,
  FRAME_EXIT_MASK,
  FRAME_GROSS,
  FRAME_HIGH_BARS,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_LEFT,
  FRAME_NEXT_HIGH,
  FRAME_NEXT_LOW,
  FRAME_PRICE,
  FRAME_RATE,
  FRAME_RISK_FREE,
  FRAME_ROWS,
  FRAME_RULES,
  FRAME_RUNNING,
  FRAME_SELL,
  FRAME_START,
  FRAME_TRADES,
  FRAME_TURNS,
  GIVEN_UP,
  LEVELS,
  MASK_BYTES,
  NEXT_BYTES,
  ROW_BYTES,
  RULE_BYTES,
  RULE_KIND,
  RULE_SIDE,
  RULE_WHEN,
  RUNNING_BYTES,
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
  TRADE_BYTES,
  TURN_BYTES,
} from "../../vector/wasm/layout.ts";
import {
  FRAME_ALL_IN,
  FRAME_FEW,
  FRAME_PAIRS,
  FRAME_SCRATCH,
  FRAME_SCRATCH_BYTES,
  PAIRS_BYTES,
} from "../../vector/wasm/pair-layout.ts";
import { asksFew, asksLongest } from "./asked-sums.ts";
import { ChunkProgram, farthestBack, Space } from "./chunk-program.ts";
import type { SweepSetting } from "./engine.ts";
import { ExitBlocks, noExits } from "./exit-blocks.ts";
import type { PackForms } from "./indicator-form.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { STATES } from "./states.ts";
import type { TrialGraph } from "./trial-graph.ts";
import { TrialOps } from "./trial-ops.ts";
import { TrialSizes } from "./trial-sizes.ts";
import { onlyRule, turningRules } from "./turning.ts";

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
  readonly foreign: ChunkProgram["foreign"];
  readonly #lean: LeanPlan;
  readonly #setting: SweepSetting;
  readonly #graph: TrialGraph;
  readonly #program: ChunkProgram;
  readonly #fixed: {
    trades: number;
    turns: number;
    rows: number;
    running: number;
    least: number;
    largest: number;
    nextHigh: number;
    nextLow: number;
    highBars: number;
    left: number;
    pairs: number;
    ones: number;
    zeros: number;
  };
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
    const tellsFalls = !asksLongest(setting);
    this.#fixed = {
      // A bar closes at most one trade per rule, and one by exits.
      trades: space.take(TRADE_BYTES * CHUNK * (lean.rules.length + (lean.exits ? 1 : 0))),
      // A trade takes two bars, and has two returns of bars and one of a stretch.
      turns: space.take(TURN_BYTES * CHUNK),
      rows: space.take(ROW_BYTES * 2 * CHUNK),
      pairs: space.take(PAIRS_BYTES),
      zeros: space.take(MASK_BYTES),
      ones: space.take(MASK_BYTES),
      running: space.take(RUNNING_BYTES * (CHUNK + 1)),
      least: space.take(8 * CHUNK * LEVELS),
      largest: space.take(8 * CHUNK * LEVELS),
      nextHigh: space.take(NEXT_BYTES * CHUNK),
      nextLow: space.take(NEXT_BYTES * CHUNK),
      highBars: tellsFalls ? space.take(2 * CHUNK * LEVELS) : 0,
      left: tellsFalls ? space.take(8 * CHUNK * LEVELS) : 0,
    };
    const { zeros, ones } = this.#fixed;
    this.#program = new ChunkProgram(lean, graph, forms, space, this.columns, zeros, ones);
    this.foreign = this.#program.foreign;
    this.opCount = this.#program.opCount;
    this.ops = space.take(4 * this.#program.ops.length);
    this.#private = new TrialOps(graph, this.#program, space, count);
    this.#sizes = new TrialSizes(lean.rules);
    this.#exits = lean.exits && new ExitBlocks(lean.exits, graph, this.#program, space, count);
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
    this.#frame(ints, floats);
    for (const { at, ints: whole, floats: real, repeat } of this.#program.presets) {
      if (repeat !== undefined) floats.fill(real![0]!, at >>> 3, (at >>> 3) + repeat);
      else if (real) floats.set(real, at >>> 3);
      else ints.set(whole!, at >>> 2);
    }
    ints.set(this.#program.ops, this.ops >>> 2);
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
        ints[place] = condition === NEVER ? this.#fixed.zeros : this.#fixed.ones;
        if (condition >= 0) this.#signals.push(place - int, condition);
      });
    });
  }

  #frame(ints: Int32Array, floats: Float64Array): void {
    const { settings, annual } = this.#setting;
    const { trades, turns, rows, running, least, largest, ones, zeros } = this.#fixed;
    ints[FRAME_TRADES >>> 2] = trades;
    ints[FRAME_TURNS >>> 2] = turns;
    ints[FRAME_ROWS >>> 2] = rows;
    const { entry, exit } = turningRules(this.#lean);
    ints[FRAME_ENTRY >>> 2] = entry;
    ints[FRAME_EXIT_MASK >>> 2] = T_ANY + 4 * exit;
    const atClose = settings.fill === "close";
    const exact = this.#lean.rules.every(({ sizing: { kind } }) =>
      ["quantity", "quantity_scalar", "close"].includes(kind),
    );
    const close = this.columns[COLUMNS.indexOf("close")]!;
    ints[FRAME_START >>> 2] = settings.start;
    ints[FRAME_CLOSE >>> 2] = close;
    ints[FRAME_PRICE >>> 2] = atClose ? close : this.columns[COLUMNS.indexOf("open")]!;
    ints[FRAME_RUNNING >>> 2] = running;
    ints[FRAME_LEAST >>> 2] = least;
    ints[FRAME_LARGEST >>> 2] = largest;
    ints[FRAME_NEXT_HIGH >>> 2] = this.#fixed.nextHigh;
    ints[FRAME_NEXT_LOW >>> 2] = this.#fixed.nextLow;
    ints[FRAME_HIGH_BARS >>> 2] = this.#fixed.highBars;
    ints[FRAME_LEFT >>> 2] = this.#fixed.left;
    ints[FRAME_AT_CLOSE >>> 2] = atClose ? 1 : 0;
    ints[FRAME_EXACT >>> 2] = exact ? 1 : 0;
    ints[FRAME_RULES >>> 2] = this.#lean.rules.length;
    floats[FRAME_RATE >>> 3] = settings.commission;
    floats[FRAME_GROSS >>> 3] = 1 + settings.commission;
    floats[FRAME_BUY >>> 3] = 1 + settings.slippage;
    floats[FRAME_SELL >>> 3] = 1 - settings.slippage;
    floats[FRAME_RISK_FREE >>> 3] = annual.riskFreeReturn / annual.barsPerYear;
    noExits(ints);
    this.#exits?.frame(ints, floats, this.columns);
    ints[FRAME_PAIRS >>> 2] = this.#fixed.pairs;
    ints[FRAME_ALL_IN >>> 2] = this.#lean.calm && isAllIn(this.#lean.rules[entry]) ? 1 : 0;
    ints[FRAME_FEW >>> 2] = asksFew(this.#setting) ? 1 : 0;
    ints[FRAME_SCRATCH >>> 2] = this.#private.scratch;
    ints[FRAME_SCRATCH_BYTES >>> 2] = this.#private.scratchBytes;
    ints.fill(0, zeros >>> 2, (zeros + MASK_BYTES) >>> 2);
    ints.fill(-1, ones >>> 2, (ones + MASK_BYTES) >>> 2);
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

/** Whether a rule may buy for all the money there is; it is then the only one that opens, and one alone closes. */
function isAllIn(rule: PlanRule | undefined): boolean {
  return rule?.side === "buy" && rule.sizing.kind === "percent_of_equity";
}

const KINDS: Readonly<Record<string, number>> = {
  quantity: SIZE_QUANTITY,
  quantity_scalar: SIZE_QUANTITY,
  close: SIZE_CLOSE,
  cash: SIZE_CASH,
  percent_of_equity: SIZE_PERCENT,
};
