import type { ScriptBroker } from "../backtest/script/script-broker.ts";
import type { Span } from "../dsl/text/ast.ts";
import type { ScriptRuntime } from "./runtime/script-runtime.ts";

/** The first columns of every unit. */
export const FIELD_COLUMNS = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "time",
  "time_close",
] as const;

/** Fills columns, each once, in order. */
export type ColumnStep =
  | {
      readonly kind: "indicator";
      readonly name: string;
      readonly sources: readonly number[];
      /** Places of run constants. */
      readonly params: readonly number[];
      readonly outputs: readonly number[];
      readonly span: number;
    }
  | { readonly kind: "map"; readonly reads: readonly number[]; readonly output: number }
  | { readonly kind: "source"; readonly input: number; readonly output: number }
  | {
      readonly kind: "security";
      readonly sub: number;
      /** Place of a text. */
      readonly timeframe: number;
      readonly output: number;
      readonly span: number;
    };

/** The columns that a step reads. */
export function readsOf(step: ColumnStep): readonly number[] {
  return step.kind === "indicator" ? step.sources : step.kind === "map" ? step.reads : [];
}

/** A recursive average of a series; the length is at a place of the constants of a run. */
export interface ChainAverage {
  readonly op: "ema" | "rma";
  readonly of: number;
  readonly period: number;
}

export function isAverage(node: ChainNode): node is ChainAverage {
  return node.op === "ema" || node.op === "rma";
}

/** An operation on series of a pass, which are the nodes before it by number: see `ChainForm`. */
export type ChainNode =
  | { readonly op: "column"; readonly column: number }
  | ChainAverage
  | { readonly op: "minus" | "strength" | "cross_above"; readonly of: number; readonly by: number }
  | { readonly op: "change" | "rise" | "fall"; readonly of: number }
  | {
      readonly op: "true_range";
      readonly high: number;
      readonly low: number;
      readonly close: number;
    };

/** A node whose values are a column. */
export interface ChainOutput {
  readonly node: number;
  readonly column: number;
}

/**
 * Recursive indicators that go over the bars together: each waits for its own last value on every bar, and several wait at
 * the same time. Its loop is the map of its first member.
 */
export interface ChainPass {
  /** Steps that it does, ascending; it runs in place of the first. */
  readonly members: readonly number[];
  readonly nodes: readonly ChainNode[];
  /** Of the members' columns those that are read. */
  readonly outputs: readonly ChainOutput[];
  /**
   * For the pass that makes the bits of tests too, and runs once all steps are done: columns that the tests alone read, which are
   * not kept. null for the others.
   */
  readonly tested: readonly ChainOutput[] | null;
}

/** Numbers of a node in the state of a pass, if it carries something on: its last value and two constants. */
export const CHAIN_CELLS = 3;

/** An indicator that advances in the bar loop, where it is reached. */
export interface StreamSite {
  readonly name: string;
  readonly sources: number;
  /** Places of run constants; null where they change from bar to bar. */
  readonly params: readonly number[] | null;
  readonly count: number;
  readonly span: number;
}

/** What generated functions work on: see the letters in `emit/letters.ts`. */
export interface Environment {
  /** Those of texts that `request.security` gives are lists of strings, which only generated code reads. */
  readonly C: Float64Array[];
  readonly P: Float64Array;
  readonly T: string[];
  readonly N: Float64Array;
  readonly W: readonly string[];
  readonly Q: readonly (number | boolean | string)[];
  readonly V: Float64Array;
  readonly X: unknown[];
  readonly K: (Float64Array | Uint8Array | unknown[])[];
  /** By bar the bits of tests that are made before the bar loop; empty where none are. */
  readonly t: Uint8Array;
  /** By call of strategy.exit: its numbers. */
  readonly Y: readonly Float64Array[];
  readonly S: ((inputs: Float64Array) => void)[];
  readonly I: Float64Array[];
  readonly M: Float64Array[];
  readonly R: Float64Array[];
  readonly A: ScriptRuntime;
  readonly B: ScriptBroker | null;
  /** The value of a sub-program per bar. */
  readonly c: Float64Array | string[] | null;
  readonly n: number;
  /** First bar on which the strategy acts. */
  readonly z: number;
}

export type LoopFunction = (b: number, n: number, E: Environment) => void;

/** What the columns of a unit are made of, so that runs which agree in it can share them. */
export interface Dependencies {
  /** Columns that the loop reads, or the one that is the unit's value. */
  readonly loop: readonly number[];
  /** By step: places of the constants of a run that the loop of a column reads. */
  readonly steps: readonly {
    readonly numbers: readonly number[];
    readonly texts: readonly number[];
  }[];
  /** By place: inputs that a number of a run is made of. */
  readonly numbers: readonly (readonly number[])[];
  /** The same of a text. */
  readonly texts: readonly (readonly number[])[];
  /** Inputs that anything in the unit is made of, sub-programs included. */
  readonly inputs: readonly number[];
}

/** The loop that makes the bits of tests. */
export function testLoopOf({ maps, steps }: Unit): LoopFunction | null {
  return maps[steps.length] ?? null;
}

/** A program with its generated functions: the script itself, or what `request.security` computes. */
export interface Unit {
  readonly source: string;
  readonly prologue: (E: Environment) => void;
  /** By step; null for those that are no loop, nor the first of a pass. After them the loop of the tests, where there are any. */
  readonly maps: readonly (LoopFunction | null)[];
  readonly loop: LoopFunction;
  readonly steps: readonly ColumnStep[];
  readonly passes: readonly ChainPass[];
  readonly subs: readonly SubUnit[];
  readonly sites: readonly StreamSite[];
  readonly texts: readonly (string | null)[];
  readonly charts: readonly string[];
  readonly histories: readonly ("number" | "bool" | "text" | "object")[];
  readonly spans: readonly Span[];
  /** By step: columns that nothing reads after it. */
  readonly frees: readonly (readonly number[])[];
  readonly numbers: number;
  /** State numbers and objects that are carried over pieces of the loop, with their first values. */
  readonly state: readonly number[];
  readonly objects: readonly ("text" | "array")[];
  readonly usesTimeClose: boolean;
  /** Calls of strategy.exit. */
  readonly exits: number;
  /** Fields that the loop reads by the broker's `ledger`. */
  readonly ledger: readonly string[];
  /** null where runs share nothing. */
  readonly dependencies: Dependencies | null;
}

export interface SubUnit {
  readonly unit: Unit;
  /** Its values are texts. */
  readonly text: boolean;
  readonly heikinashi: boolean;
  readonly gaps: boolean;
  readonly lookahead: boolean;
  /** Where its only work is to give one of its columns. */
  readonly column: number | null;
}
