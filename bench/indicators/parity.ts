import { ours } from "./ours.ts";
import type { Peer, PlainBars } from "./peers/peer.ts";
import type { Bars } from "./shapes.ts";

export type Values = (bar: number) => readonly (number | null | undefined)[];
export type Rule = Pick<Peer, "indicator" | "dialect" | "from" | "tolerance" | "params">;

/** What was found of two results: how many values agree, and the first that does not. */
export interface Parity {
  readonly compared: number;
  readonly difference: string | null;
}

export function plain(bars: Bars): PlainBars {
  const of = (column: Float64Array) => Array.from(column);
  const { open, high, low, close, volume } = bars;
  return {
    open: of(open),
    high: of(high),
    low: of(low),
    close: of(close),
    volume: of(volume),
    typical: of(bars.typical),
    candles: of(close).map((price, i) => ({
      open: open[i],
      high: high[i],
      low: low[i],
      close: price,
      volume: volume[i],
    })),
  };
}

/** A library's values beside ours on the bars where we have one; outputs that it has not are left out. */
export function parity(rule: Rule, bars: Bars, values: Values): Parity {
  const outputs = ours(rule.indicator, rule.dialect, bars, { params: rule.params })();
  let compared = 0;
  for (let bar = rule.from; bar < bars.close.length; bar++) {
    const theirs = values(bar);
    for (let k = 0; k < theirs.length; k++) {
      const value = outputs[k][bar];
      if (Number.isNaN(value)) continue;
      const other = theirs[k];
      const allowed = rule.tolerance * Math.max(1, Math.abs(value));
      if (!(typeof other === "number" && Math.abs(other - value) <= allowed)) {
        return { compared, difference: `bar ${bar}: ${other} where ours is ${value}` };
      }
      compared++;
    }
  }
  return { compared, difference: null };
}
