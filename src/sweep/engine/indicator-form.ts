import { seedChanges } from "../../indicators/rsi-wilder.ts";
import type { Bars } from "../../vector/columns.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { Dialect } from "../../vector/kernel.ts";
import { meanSeed } from "../../vector/rolling/seed.ts";
import { CHUNK } from "../../vector/wasm/layout.ts";
import { LARGEST_PRICE } from "./lean-plan.ts";

/** Windows longer than this are left to the indicator's own kernel. */
const LONGEST = 8192;

/** How the pack computes an indicator chunk by chunk. */
export type PackForm =
  | {
      readonly kind: "sma";
      readonly source: number;
      readonly period: number;
      readonly split: number;
    }
  | {
      readonly kind: "ema";
      /** Whether it begins with the first value, as in pandas; those of one dialect all do or do not. */
      readonly blends: boolean;
      readonly source: number;
      readonly seedBar: number;
      readonly seed: number;
      readonly k: number;
    }
  | {
      readonly kind: "rsi";
      readonly source: number;
      readonly period: number;
      readonly seedBar: number;
      readonly up: number;
      readonly down: number;
      readonly flat: number;
    }
  | {
      readonly kind: "extreme";
      readonly source: number;
      readonly period: number;
      readonly sign: 1 | -1;
    };

const SEEDED: ReadonlySet<Dialect> = new Set(["tv", "talib"]);

/** Dialects whose averages begin with the first value, and the first bar that shows one. */
const BLENDED: Readonly<Partial<Record<Dialect, (period: number) => number>>> = {
  pandas: () => 0,
  vectorbt: (period) => period - 1,
};

/** Which indicators over columns of the bars the pack computes, with the bits of their kernels. */
export class PackForms {
  readonly #bars: Bars;
  readonly #dialect: Dialect;
  /** What is known of whether columns of the bars hold no na and nothing too large. */
  readonly #dense: (boolean | undefined)[] = [];
  /** By column: what splits values for windows up to the longest; NaN where sums are not exact. */
  readonly #splits = new Map<number, number>();

  constructor(bars: Bars, dialect: Dialect) {
    this.#bars = bars;
    this.#dialect = dialect;
  }

  /**
   * The form of a call, null where its kernel has to make whole columns.
   * @param source column of the bars, the only source
   */
  of(name: string, source: number, params: readonly number[]): PackForm | null {
    const [period] = params as [number];
    if (!this.#isDense(source) || !Number.isInteger(period) || period < 1) return null;
    const column = this.#bars[COLUMNS[source]!];
    const seeded = SEEDED.has(this.#dialect);
    switch (name) {
      case "sma":
        return this.#mean(source, period);
      case "highest":
      case "lowest":
        if (period > LONGEST) return null;
        return { kind: "extreme", source, period, sign: name === "highest" ? 1 : -1 };
      case "ema": {
        const k = 2 / (period + 1);
        const shown = BLENDED[this.#dialect]?.(period);
        if (shown !== undefined)
          return { kind: "ema", blends: true, source, seedBar: shown, seed: column[0]!, k };
        if (!seeded) return null;
        const { bar, value } = meanSeed(column, period, "skip");
        return { kind: "ema", blends: false, source, seedBar: bar, seed: value, k };
      }
      case "rsi": {
        if (!seeded) return null;
        const { bar, up, down } = seedChanges(column, period, false);
        const flat = this.#dialect === "tv" ? Number.NaN : 0;
        return { kind: "rsi", source, period, seedBar: bar, up, down, flat };
      }
      default:
        return null;
    }
  }

  #isDense(source: number): boolean {
    const known = this.#dense[source] ?? isDense(this.#bars[COLUMNS[source]!]);
    this.#dense[source] = known;
    return known;
  }

  #mean(source: number, period: number): PackForm | null {
    if (period > LONGEST) return null;
    let split = this.#splits.get(source);
    if (split === undefined) {
      split = splitOf(this.#bars[COLUMNS[source]!]);
      this.#splits.set(source, split);
    }
    return Number.isNaN(split) ? null : { kind: "sma", source, period, split };
  }
}

function isDense(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (!(Math.abs(column[i]!) < LARGEST_PRICE)) return false;
  return true;
}

const EPSILON = 2 ** -52;

/**
 * What splits the values of a column into a coarse and a fine part, so that sums of the longest window and a chunk
 * are exact in both; NaN where there is no such number. With K at least the count and M at least every size, both
 * powers of two, the coarse parts are multiples of g = K·M·2^-52 and the fine ones have to be of u = K²·M·2^-104: see
 * `exact-sums.ts`. Then the block sums of the kernels are correctly rounded too, as these are.
 */
function splitOf(column: Float64Array): number {
  let most = 0;
  for (let i = 0; i < column.length; i++) most = Math.max(most, Math.abs(column[i]!));
  const size = powerAbove(most === 0 ? 1 : most);
  const count = powerAbove(LONGEST + CHUNK + 1);
  if (!(size > 1e-240 && size < 1e240)) return Number.NaN;
  const split = 1.5 * count * size;
  // 1.5 · 2^52 · u: added and taken away again, it rounds to multiples of u.
  const grid = 1.5 * count * count * size * EPSILON;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    const low = value - (value + split - split);
    if (low + grid - grid !== low) return Number.NaN;
  }
  return split;
}

function powerAbove(size: number): number {
  let power = 2;
  while (power < size) power *= 2;
  while (power > 2 * size && power > 1e-300) power /= 2;
  return power;
}
