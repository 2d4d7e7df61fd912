import { COLUMNS } from "../../vector/columns.ts";
import type { PlanRule } from "../../vector/plan.ts";
import {
  CHUNK,
  FRAME_AT_CLOSE,
  FRAME_BUY,
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
  LEVELS,
  MASK_BYTES,
  NEXT_BYTES,
  ROW_BYTES,
  RUNNING_BYTES,
  T_ANY,
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
import type { SweepSetting } from "./engine.ts";
import { noExits } from "./exit-blocks.ts";
import type { LeanPlan } from "./lean-plan.ts";
import type { Space } from "./space.ts";
import type { TrialOps } from "./trial-ops.ts";
import { turningRules } from "./turning.ts";

/** Sizes that do not depend on equity: their orders are taken as they are written, without a tolerance. */
const EXACT_SIZES: readonly PlanRule["sizing"]["kind"][] = ["quantity", "quantity_scalar", "close"];

/** What all trials of a batch read from fixed places: settings, and the memory of what is done chunk by chunk. */
export class Frame {
  /** Masks of no bar and of all bars. */
  readonly zeros: number;
  readonly ones: number;
  readonly #lean: LeanPlan;
  readonly #setting: SweepSetting;
  /** Memory, by the place that says where it stands. */
  readonly #memory: readonly (readonly [place: number, at: number])[];

  constructor(space: Space, lean: LeanPlan, setting: SweepSetting) {
    this.#lean = lean;
    this.#setting = setting;
    // A bar closes at most one trade per rule, and one by exits.
    const closing = lean.rules.length + (lean.exits ? 1 : 0);
    const levels = 8 * CHUNK * LEVELS;
    this.#memory = [
      [FRAME_TRADES, space.take(TRADE_BYTES * CHUNK * closing)],
      // A trade takes two bars, and has two returns of bars and one of a stretch.
      [FRAME_TURNS, space.take(TURN_BYTES * CHUNK)],
      [FRAME_ROWS, space.take(ROW_BYTES * 2 * CHUNK)],
      [FRAME_PAIRS, space.take(PAIRS_BYTES)],
      [FRAME_RUNNING, space.take(RUNNING_BYTES * (CHUNK + 1))],
      [FRAME_LEAST, space.take(levels)],
      [FRAME_LARGEST, space.take(levels)],
      [FRAME_NEXT_HIGH, space.take(NEXT_BYTES * CHUNK)],
      [FRAME_NEXT_LOW, space.take(NEXT_BYTES * CHUNK)],
      [FRAME_HIGH_BARS, asksLongest(setting) ? 0 : space.take(levels >> 2)],
      [FRAME_LEFT, asksLongest(setting) ? 0 : space.take(levels)],
    ];
    this.zeros = space.take(MASK_BYTES);
    this.ones = space.take(MASK_BYTES);
  }

  /** @param columns addresses of the bars' columns */
  write(
    ints: Int32Array,
    floats: Float64Array,
    columns: readonly number[],
    { scratch, scratchBytes }: TrialOps,
  ): void {
    const { zeros, ones } = this;
    const { rules, calm } = this.#lean;
    const { settings, annual } = this.#setting;
    const { entry, exit } = turningRules(this.#lean);
    const close = columns[COLUMNS.indexOf("close")]!;
    const atClose = settings.fill === "close";
    const isExact = rules.every(({ sizing }) => EXACT_SIZES.includes(sizing.kind));
    noExits(ints);
    for (const [place, at] of this.#memory) ints[place >>> 2] = at;
    ints[FRAME_ENTRY >>> 2] = entry;
    ints[FRAME_EXIT_MASK >>> 2] = T_ANY + 4 * exit;
    ints[FRAME_START >>> 2] = settings.start;
    ints[FRAME_CLOSE >>> 2] = close;
    ints[FRAME_PRICE >>> 2] = atClose ? close : columns[COLUMNS.indexOf("open")]!;
    ints[FRAME_AT_CLOSE >>> 2] = atClose ? 1 : 0;
    ints[FRAME_EXACT >>> 2] = isExact ? 1 : 0;
    ints[FRAME_RULES >>> 2] = rules.length;
    ints[FRAME_ALL_IN >>> 2] = calm && isAllIn(rules[entry]) ? 1 : 0;
    ints[FRAME_FEW >>> 2] = asksFew(this.#setting) ? 1 : 0;
    ints[FRAME_SCRATCH >>> 2] = scratch;
    ints[FRAME_SCRATCH_BYTES >>> 2] = scratchBytes;
    floats[FRAME_RATE >>> 3] = settings.commission;
    floats[FRAME_GROSS >>> 3] = 1 + settings.commission;
    floats[FRAME_BUY >>> 3] = 1 + settings.slippage;
    floats[FRAME_SELL >>> 3] = 1 - settings.slippage;
    floats[FRAME_RISK_FREE >>> 3] = annual.riskFreeReturn / annual.barsPerYear;
    ints.fill(0, zeros >>> 2, (zeros + MASK_BYTES) >>> 2);
    ints.fill(-1, ones >>> 2, (ones + MASK_BYTES) >>> 2);
  }
}

/** Whether a rule may buy for all the money there is; it is then the only one that opens, and one alone closes. */
function isAllIn(rule: PlanRule | undefined): boolean {
  return rule?.side === "buy" && rule.sizing.kind === "percent_of_equity";
}
