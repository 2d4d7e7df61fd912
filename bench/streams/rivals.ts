import * as signals from "trading-signals";
import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { camelCase, createStream } from "../../src/indicators/stream/index.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import { PERIOD, RSI_PERIOD } from "../kernels/peers.ts";

/** A stream as the bench drives it: the result is whatever the library returns. */
export interface Runner {
  readonly update: (price: number) => unknown;
  readonly replace: (price: number) => unknown;
}

/** trading-signals' class for one of our indicators. */
export interface Rival {
  readonly indicator: string;
  /** The convention that it follows. */
  readonly dialect: Dialect;
  readonly create: () => Runner;
  /** A result's values in the order of our outputs. */
  readonly values: (result: never) => readonly (number | undefined)[];
}

interface Signal<Result> {
  update(price: number, replace: boolean): Result;
  getResult(): unknown;
}

type Bands = { middle: number; upper: number; lower: number } | null;
type Ends = { highest: number; lowest: number } | null;

export const rivals: readonly Rival[] = [
  rival(
    "bollinger",
    "tv",
    () => new signals.BollingerBands(PERIOD, 2),
    (r: Bands) => [r?.middle, r?.upper, r?.lower],
  ),
  rival("ema", "pandas", () => new signals.EMA(PERIOD), one),
  rival(
    "highest",
    "tv",
    () => new signals.Period(PERIOD),
    (r: Ends) => [r?.highest],
  ),
  rival(
    "lowest",
    "tv",
    () => new signals.Period(PERIOD),
    (r: Ends) => [r?.lowest],
  ),
  rival("rsi", "tv", () => new signals.RSI(RSI_PERIOD), one),
  rival("sma", "tv", () => new signals.SMA(PERIOD), one),
];

function one(result: number | null): (number | undefined)[] {
  return [result ?? undefined];
}

function rival<Result>(
  indicator: string,
  dialect: Dialect,
  make: () => Signal<Result>,
  values: (result: Result) => readonly (number | undefined)[],
): Rival {
  const create = () => {
    const signal = make();
    return {
      update: (price: number) => signal.update(price, false),
      replace: (price: number) => signal.update(price, true),
    };
  };
  return { indicator, dialect, create, values: values as Rival["values"] };
}

/** Our stream with the numbers of the kernel bench: RSI 14, everything else 20, two deviations. */
export function ours(definition: IndicatorDefinition, dialect: Dialect): Runner {
  const needed = definition.params.filter((p) => p.name === "period" || p.default === undefined);
  const number = definition.name === "rsi" ? RSI_PERIOD : PERIOD;
  const numbers = Object.fromEntries(needed.map((p) => [camelCase(p.name), number]));
  const stream = createStream<number, unknown>(definition, { ...numbers, dialect });
  return {
    update: (price) => stream.update(price),
    replace: (price) => stream.replace(price),
  };
}
