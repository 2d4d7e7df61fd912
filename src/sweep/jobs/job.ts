import type { Interval } from "../../vector/interval.ts";
import type { SweepSetting } from "../engine/engine.ts";
import type { StrategySpace } from "../space/build-space.ts";
import type { Window } from "./windows.ts";

/** One strategy of a sweep. */
export interface SweptStrategy extends StrategySpace {
  /** How rows name it: the path of its file, or its place among the programs. */
  readonly name: string;
}

/** One series of bars in a sweep. */
export interface SweptSeries {
  /** The path as given, or "memory". */
  readonly source: string;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly interval: Interval | null;
  /** Whether the source names the interval; else it is that of the most common step. */
  readonly intervalNamed: boolean;
  /** The interval that was asked for, which names that of a single bar. */
  readonly asked: Interval | null;
  /** SHA-256 of all bars that were read; worked out when it is asked for. */
  readonly fingerprint: () => string;
}

/** Trials of one strategy over one window of one series. Its shard is known by content: what stands here, and a range of trials. */
export interface Job {
  readonly strategy: SweptStrategy;
  readonly series: SweptSeries;
  readonly window: Window | null;
  readonly setting: SweepSetting;
  /** Of a successive halving, from 1. */
  readonly rung: number | null;
}
