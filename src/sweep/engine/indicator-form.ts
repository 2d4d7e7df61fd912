import { seedChanges } from "../../indicators/rsi-wilder.ts";
import type { Bars } from "../../vector/columns.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { Dialect } from "../../vector/kernel.ts";
import { chooseGrids, EXACT_STATE, GRID, SPLIT } from "../../vector/rolling/exact-sums.ts";
import { meanSeed } from "../../vector/rolling/seed.ts";
import { CHUNK } from "../../vector/wasm/layout.ts";

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

/** Which indicators over columns of the bars the pack computes, with the bits of their kernels. */
export class PackForms {
  readonly #bars: Bars;
  readonly #dialect: Dialect;
  readonly #dense: readonly boolean[];
  /** By column: what splits values for windows up to the longest; NaN where sums are not exact. */
  readonly #splits = new Map<number, number>();

  constructor(bars: Bars, dialect: Dialect, dense: readonly boolean[]) {
    this.#bars = bars;
    this.#dialect = dialect;
    this.#dense = dense;
  }

  /**
   * The form of a call, null where its kernel has to make whole columns.
   * @param source column of the bars, the only source
   */
  of(name: string, source: number, params: readonly number[]): PackForm | null {
    const [period] = params as [number];
    if (!this.#dense[source] || !Number.isInteger(period) || period < 1) return null;
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
        if (!seeded) return null;
        const { bar, value } = meanSeed(column, period, "skip");
        return { kind: "ema", source, seedBar: bar, seed: value, k: 2 / (period + 1) };
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

/** What splits the values of a column so that sums of a chunk and the longest window before it are exact; else NaN. */
function splitOf(column: Float64Array): number {
  let most = 0;
  for (let i = 0; i < column.length; i++) most = Math.max(most, Math.abs(column[i]!));
  const state = new Float64Array(EXACT_STATE);
  if (!chooseGrids(most === 0 ? 1 : most, LONGEST + CHUNK + 1, state)) return Number.NaN;
  const split = state[SPLIT]!;
  const grid = state[GRID]!;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    const low = value - (value + split - split);
    if (low + grid - grid !== low) return Number.NaN;
  }
  return split;
}
