import { seedChanges } from "../../indicators/rsi-wilder.ts";
import type { Bars } from "../../vector/columns.ts";
import { COLUMNS } from "../../vector/columns.ts";
import type { Dialect } from "../../vector/kernel.ts";
import { meanSeed } from "../../vector/rolling/seed.ts";

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
      // Not the mean: on rare windows the pack's sums and the kernel's differ in the last bit, and decide a tie apart.
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
}
