import { ALWAYS, NEVER, type Signals } from "../backtest/orders.ts";
import { maskBit } from "../vector/mask.ts";

/** Where one rule fires, by the position it would meet: 1 or 0 per bar. */
export interface RuleSignals {
  readonly side: "buy" | "sell";
  readonly flat: Uint8Array;
  readonly long: Uint8Array;
  readonly short: Uint8Array;
}

/** Packed condition masks as one byte a bar, per rule and position. */
export function unpackSignals(signals: Signals): RuleSignals[] {
  const unpack = (condition: number): Uint8Array => {
    const out = new Uint8Array(signals.length);
    if (condition === ALWAYS) return out.fill(1);
    if (condition === NEVER) return out;
    const mask = signals.conditions[condition]!;
    for (let i = 0; i < out.length; i++) out[i] = maskBit(mask, i) ? 1 : 0;
    return out;
  };
  return signals.rules.map(({ side, when }) => ({
    side,
    flat: unpack(when.flat),
    long: unpack(when.long),
    short: unpack(when.short),
  }));
}
