import type { Dialect } from "../../vector/kernel.ts";
import type { Numbers } from "../run-batch.ts";
import type { BarValue, IndicatorStream } from "./indicator-stream.ts";

/** What a stream of several sources takes per bar, by source. */
export type BarValues<F extends string> = { readonly [source in F]: BarValue };

/** What a stream of several outputs gives per bar, by output; the same object each time. */
export type OutputValues<O extends string> = { readonly [output in O]: number };

/** Numbers that must be given (`P`), those that have a default (`Q`), and the dialect, `tv` unless given. */
export type StreamNumbers<P extends string, Q extends string = never> = Numbers<P, Q> & {
  readonly dialect?: Dialect;
};

/** Several numbers in and one out per bar. */
export type BarStream<F extends string> = IndicatorStream<BarValues<F>, number>;
