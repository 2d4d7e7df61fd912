import type { Dialect } from "../../../src/vector/kernel.ts";

/** Bars as the packages take them: plain arrays, and an object for each bar. */
export interface PlainBars {
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
  readonly typical: number[];
  readonly candles: readonly Candle[];
}

export interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What a library has for one of our indicators. */
export interface Peer {
  readonly library: string;
  readonly indicator: string;
  /** Computes the whole series, as the library's documents show it. */
  readonly run: (bars: PlainBars) => unknown;
  /** The result's values on a bar of `bars`, in the order of our outputs. */
  readonly at: (result: never, bar: number, bars: number) => readonly (number | undefined | null)[];
  /** The convention that the library follows. */
  readonly dialect: Dialect;
  /** First bar compared, where it is not the first bar of both. */
  readonly from: number;
  /** Largest difference, absolute or relative to the value. */
  readonly tolerance: number;
  /** Our parameters where they are not the bench's. */
  readonly params?: readonly number[];
  readonly note?: string;
}

export type Options = Partial<Pick<Peer, "dialect" | "from" | "tolerance" | "params" | "note">>;

/** Starts from another value, which is forgotten after a while. */
export const SEEDED = { from: 1000, note: "starts otherwise: compared from bar 1,000 on" };

/** Adds what one library has to a list. */
export function shelf(library: string) {
  const peers: Peer[] = [];
  const add = <Result>(
    indicator: string,
    run: (bars: PlainBars) => Result,
    at: (result: Result, bar: number, bars: number) => readonly (number | undefined | null)[],
    options: Options = {},
  ) => {
    peers.push({
      library,
      indicator,
      run,
      at: at as Peer["at"],
      dialect: "tv",
      from: 0,
      tolerance: 1e-9,
      ...options,
    });
  };
  return { peers, add };
}

/** One array that ends on the last bar. */
export function column<T>(y: readonly T[], bar: number, bars: number): readonly [T | undefined] {
  return [y[bar - bars + y.length]];
}

/** Fields of objects, the last of which is that of the last bar. */
export const fields =
  (...names: readonly string[]) =>
  (y: readonly object[], bar: number, bars: number) => {
    const found = y[bar - bars + y.length] as Record<string, number> | null | undefined;
    return names.map((name) => found?.[name]);
  };

/** Another unit. */
export const times =
  <Result>(factor: number, at: (y: Result, bar: number, bars: number) => readonly unknown[]) =>
  (y: Result, bar: number, bars: number) =>
    at(y, bar, bars).map((value) => factor * (value as number));

/** Arrays by name, each of which ends on the last bar. */
export const columns =
  (...names: readonly string[]) =>
  (y: object, bar: number, bars: number) =>
    names.map((name) => column((y as Record<string, number[]>)[name], bar, bars)[0]);
