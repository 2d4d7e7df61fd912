import type { Dialect, Kernel } from "../vector/kernel.ts";
import type { StreamForm } from "../vector/rolling/index.ts";
import type { Chains } from "./chain-form.ts";

/** A number that an indicator takes. Integers are inclusive in `min` and `max`. */
export interface IndicatorParam {
  /** Name in the rule language, snake_case. */
  readonly name: string;
  readonly type: "int" | "float";
  readonly min: number;
  readonly max: number;
  /** Absent where the rule language requires the number. */
  readonly default?: number;
  readonly doc: string;
}

/** Everything that is known of one indicator; schema, docs, help and generic tests are derived from it. */
export interface IndicatorDefinition {
  /** Name in the rule language, snake_case: `std_dev`. */
  readonly name: string;
  readonly title: string;
  /**
   * What it reads, in order: `source` and `other` are freely chosen series, `condition` is one of truth values (true
   * where neither 0 nor na), every other name a column of the bars.
   */
  readonly sources: readonly string[];
  readonly params: readonly IndicatorParam[];
  /** `["value"]`, or the names of a multi-output indicator's series. */
  readonly outputs: readonly string[];
  /** Number of leading na values for a source without na, as a function of the parameters in order. */
  readonly warmup: (params: readonly number[], dialect: Dialect) => number;
  readonly dialects: readonly Dialect[];
  /** What a dialect's own library computes otherwise; the dialect equals `tv` here all the same. */
  readonly apart?: Readonly<Partial<Record<Dialect, string>>>;
  readonly kernel: (dialect: Dialect) => Kernel;
  /** The same bar by bar, with the bits of the kernel. */
  readonly stream: (dialect: Dialect) => StreamForm;
  /** What its `tv` dialect is made of, where these are recursive averages. */
  readonly chains?: Chains;
  /** What the rule language has in its place; absent where it is a function there. */
  readonly inRules?: string;
  readonly formula: string;
  /** Where the formula is published. */
  readonly citation: string;
}
