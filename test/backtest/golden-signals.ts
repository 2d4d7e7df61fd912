import { NEVER, type OrderRule, type Signals } from "../../src/backtest/orders.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { maskOf } from "./arbitraries.ts";

/**
 * The strategies of the reference runs, transcribed from their own rules with naive indicators: it tests the
 * simulator alone. Quantity 1; averages seeded with the mean of the first n values.
 */
export function goldenSignals(strategy: string, bars: Bars): Signals {
  const [enter, exit, short] = CONDITIONS[strategy.replace("_btcrossover", "")](bars);
  const rule = (side: "buy" | "sell", state: "flat" | "long" | "short", index: number) => ({
    side,
    sizing: { kind: "quantity" as const, quantity: "1" },
    when: { flat: NEVER, long: NEVER, short: NEVER, [state]: index },
  });
  const rules: OrderRule[] = [rule("buy", "flat", 0), rule("sell", "long", 1)];
  if (short !== undefined) rules.push(rule("sell", "flat", 2), rule("buy", "short", 0));
  return {
    length: bars.time.length,
    conditions: [enter, exit, short ?? []].map((bits) => maskOf(bits)),
    rules,
    replaceOrders: false,
    cooldown: 0,
  };
}

type Conditions = (bars: Bars) => [boolean[], boolean[], boolean[]?];

const CONDITIONS: Record<string, Conditions> = {
  ema_cross_12_26({ close }) {
    const fast = seededAverage(close, 12, 2 / 13);
    const slow = seededAverage(close, 26, 2 / 27);
    return [crosses(fast, slow), crosses(slow, fast)];
  },
  rsi14_reversal({ close }) {
    const change = Array.from(close, (c, i) => (i === 0 ? Number.NaN : c - close[i - 1]));
    const up = seededAverage(
      change.map((d) => Math.max(d, 0)),
      14,
      1 / 14,
    );
    const down = seededAverage(
      change.map((d) => Math.max(-d, 0)),
      14,
      1 / 14,
    );
    const rsi = up.map((u, i) => 100 - 100 / (1 + u / down[i]));
    return [rsi.map((r) => r < 30), rsi.map((r) => r > 70)];
  },
  bollinger_20_2_breakout({ close }) {
    const window = (i: number) => Array.from(close.subarray(i - 19, i + 1));
    const bands = Array.from(close, (_, i) => {
      if (i < 19) return [Number.NaN, Number.NaN];
      const mean = window(i).reduce((a, b) => a + b, 0) / 20;
      const std = Math.sqrt(window(i).reduce((a, b) => a + (b - mean) ** 2, 0) / 20);
      return [mean + 2 * std, mean - 2 * std];
    });
    return [bands.map(([upper], i) => close[i] > upper), bands.map(([, l], i) => close[i] < l)];
  },
  liquidity_sweep_20({ high, low, close }) {
    const at = (i: number) => i >= 20;
    const up = Array.from(close, (c, i) => {
      return at(i) && low[i] < Math.min(...low.subarray(i - 20, i)) && c > high[i - 1];
    });
    const down = Array.from(close, (c, i) => {
      return at(i) && high[i] > Math.max(...high.subarray(i - 20, i)) && c < low[i - 1];
    });
    return [up, down, down];
  },
};

function seededAverage(values: ArrayLike<number>, n: number, a: number): number[] {
  const first = Array.from(values).findIndex((value) => !Number.isNaN(value));
  const seed = first + n - 1;
  let average = 0;
  for (let i = first; i <= seed; i++) average += values[i] / n;
  return Array.from(values, (value, i) => {
    if (i < seed) return Number.NaN;
    if (i > seed) average = average * (1 - a) + value * a;
    return average;
  });
}

function crosses(over: number[], under: number[]): boolean[] {
  return over.map((value, i) => i > 0 && value > under[i] && over[i - 1] <= under[i - 1]);
}
