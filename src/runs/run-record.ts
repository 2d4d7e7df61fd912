import { createHash } from "node:crypto";
import { version as VERSION } from "../../package.json";
import { fingerprint } from "../data/fingerprint.ts";
import type { Backtest } from "../program/backtest.ts";
import { downsample } from "../stats/index.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Points of the equity curve that are kept, its extremes among them. */
const EQUITY_POINTS = 1000;

/** A strategy as it was written. */
export interface RunStrategy {
  readonly name: string;
  readonly language: "json" | "text";
  readonly text: string;
}

/** A run as it is kept: what it was made of, what it came to. */
export interface RunRecord {
  /** SHA-256 of strategy document, bars and settings: the same run has the same key wherever and whenever it is made. */
  readonly key: string;
  /** SHA-256 of the strategy document, spaces and order of keys not counted. */
  readonly definition: string;
  readonly strategy: RunStrategy;
  readonly fingerprint: string;
  readonly result: Backtest["result"];
  readonly equity: SampledEquity;
  readonly version: string;
  readonly command: string | null;
}

export function runRecord(
  strategy: RunStrategy,
  { result, run, bars }: Backtest,
  command: string | null,
): RunRecord {
  const definition = definitionOf(strategy);
  const data = fingerprint(bars);
  const { settings } = result;
  return {
    key: sha256(canonicalJson({ definition, data, settings })),
    definition,
    strategy,
    fingerprint: data,
    result,
    equity: sampledEquity(run),
    version: VERSION,
    command,
  };
}

/** Epoch ms and equity. */
export interface SampledEquity {
  readonly time: Float64Array;
  readonly equity: Float64Array;
}

export function sampledEquity({ equity, time, firstBar }: Backtest["run"]): SampledEquity {
  const kept = downsample(equity, EQUITY_POINTS);
  return {
    time: Float64Array.from(kept, (i) => time[firstBar + i]!),
    equity: Float64Array.from(kept, (i) => equity[i]!),
  };
}

/** SHA-256 of a strategy document, spaces and order of keys not counted. */
export function definitionOf({ language, text }: RunStrategy): string {
  return sha256(language === "json" ? canonicalJson(JSON.parse(text)) : text);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
