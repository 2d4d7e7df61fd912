import { indicator, kernelOf } from "../../src/indicators/registry.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import type { Bars } from "./shapes.ts";

/** The numbers that the bench gives an indicator: periods of 20 (RSI 14) where it has one, else its defaults. */
export function paramsOf(name: string, period = name === "rsi" ? 14 : 20): number[] {
  return definitionOf(name).params.map((p) => {
    if (p.name === "period" || p.name === "smoothing") return period;
    return p.default ?? GIVEN[p.name] ?? p.min;
  });
}

const GIVEN: Readonly<Record<string, number>> = { left: 5, right: 5, percentage: 50 };

/** What the packages and TA-Lib average themselves from high, low and close; so do we, in the time measured. */
const OF_TYPICAL = new Set(["cci", "mfi"]);

/** Ours over the bars, into columns that are used again or into new ones, as the others do. */
export function ours(
  name: string,
  dialect: Dialect,
  bars: Bars,
  {
    params = paramsOf(name),
    reuse = false,
  }: { params?: readonly number[] | undefined; reuse?: boolean } = {},
): () => Float64Array[] {
  const { sources, outputs } = definitionOf(name);
  const kernel = kernelOf(name, dialect);
  const columns = sources.map((source) => {
    if (source === "source") return OF_TYPICAL.has(name) ? bars.typical : bars.close;
    return source in bars ? bars[source as keyof Bars] : bars.open;
  });
  const fresh = () => outputs.map(() => new Float64Array(bars.close.length));
  const kept = reuse ? fresh() : undefined;
  return () => {
    if (OF_TYPICAL.has(name)) average(bars);
    const results = kept ?? fresh();
    kernel(columns, params, results);
    return results;
  };
}

function average({ high, low, close, typical }: Bars): void {
  for (let i = 0; i < typical.length; i++) typical[i] = (high[i] + low[i] + close[i]) / 3;
}

function definitionOf(name: string) {
  const definition = indicator(name);
  if (definition === undefined) throw new Error(`no indicator ${name}`);
  return definition;
}
