import { type Mask, maskBit, maskWords } from "../vector/mask.ts";
import { ALWAYS, NEVER, type Signals } from "./orders.ts";

/** Which rules fire where, per position state. */
export interface Firing {
  /** Bars on which any rule fires while the position has this sign; -1 short, 0 flat, 1 long. */
  any(sign: number): Mask;
  fires(rule: number, sign: number, bar: number): boolean;
}

export function firing(signals: Signals): Firing {
  const indices = (["short", "flat", "long"] as const).map((state) =>
    signals.rules.map((rule) => rule.when[state]),
  );
  const combined = indices.map((rules) => union(signals, rules));
  return {
    any: (sign) => combined[sign + 1],
    fires(rule, sign, bar) {
      const index = indices[sign + 1][rule];
      return index === ALWAYS || (index !== NEVER && maskBit(signals.conditions[index], bar));
    },
  };
}

/** The first bar from `from` on that is set, or `bars` where there is none. */
export function nextSet(mask: Mask, from: number, bars: number): number {
  let at = from >>> 5;
  if (at >= mask.length) return bars;
  let word = mask[at] & (-1 << (from & 31));
  while (word === 0) {
    if (++at === mask.length) return bars;
    word = mask[at];
  }
  return Math.min(bars, (at << 5) + 31 - Math.clz32(word & -word));
}

function union(signals: Signals, rules: readonly number[]): Mask {
  const words = maskWords(signals.length);
  if (rules.includes(ALWAYS)) return new Uint32Array(words).fill(0xffffffff);
  const used = [...new Set(rules)].filter((index) => index !== NEVER);
  if (used.length === 1) return signals.conditions[used[0]];
  const any = new Uint32Array(words);
  for (const index of used) {
    const mask = signals.conditions[index];
    for (let w = 0; w < words; w++) any[w] |= mask[w];
  }
  return any;
}
