import fc from "fast-check";
import { generator } from "../cases.ts";

const STYLES = [
  "walk",
  "zigzag",
  "ticks",
  "flat",
  "rising",
  "jumps",
  "far",
  "zeros",
  "tiny",
  "huge",
] as const;

/** Random bars in a few words, from which they can be made again. */
export interface BarsCase {
  readonly style: (typeof STYLES)[number];
  readonly seed: number;
  readonly length: number;
  /** Bars without any value in front. */
  readonly leading: number;
  /** Share of values that are na, half of them NaN and half ±Infinity. */
  readonly missing: number;
}

export const barsCases: fc.Arbitrary<BarsCase> = fc.record({
  style: fc.constantFrom(...STYLES),
  seed: fc.nat(),
  length: fc.oneof(fc.nat(30), fc.nat(300)),
  leading: fc.constantFrom(0, 0, 1, 7),
  missing: fc.constantFrom(0, 0, 0.02, 0.2, 0.6),
});

/** Columns of the named sources, consistent with each other: low <= open, close <= high, volume >= 0. */
export function columnsOf(sources: readonly string[], c: BarsCase): Float64Array[] {
  const random = generator(c.seed);
  const bars = barsOf(c, random);
  return sources.map((source) =>
    bars[source in bars ? (source as keyof typeof bars) : "close"].map((value, i) => {
      if (i < c.leading) return Number.NaN;
      if (random() >= c.missing) return value;
      const kind = random();
      if (kind < 0.5) return Number.NaN;
      return kind < 0.75 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    }),
  );
}

function barsOf(c: BarsCase, random: () => number) {
  const close = closes(c, random);
  const open = close.map((value, i) => (i === 0 ? value : close[i - 1]));
  const spread = (value: number) => Math.abs(value) * 0.01 * random();
  const high = close.map((value, i) => Math.max(value, open[i]) + spread(value));
  const low = close.map((value, i) => Math.min(value, open[i]) - spread(value));
  // Walk and zigzag are the well-behaved cases, where an indicator has no reason to be na.
  const idle = c.style === "walk" || c.style === "zigzag" ? 0 : 0.1;
  const volume = close.map(() => (random() < idle ? 0 : Math.ceil(1000 * random())));
  const other = closes(c, random);
  const time = close.map((_, i) => 1.7e12 + 7_200_000 * i);
  // Well-behaved, or now and then true, sometimes by another number than 1.
  const condition = close.map(() =>
    idle === 0 || random() < 0.3 ? [1, -1, 0.5][Math.floor(3 * random())] : 0,
  );
  return { open, high, low, close, volume, other, time, condition };
}

function closes({ style, length }: BarsCase, random: () => number): Float64Array {
  let price = 100;
  return Float64Array.from({ length }, () => {
    const noise = random() - 0.5;
    switch (style) {
      case "walk":
        price += noise;
        return price;
      case "zigzag":
        price = price > 100 ? 99 - Math.abs(noise) : 101 + Math.abs(noise);
        return price;
      case "ticks":
        price += Math.round(3 * noise);
        return price;
      case "flat":
        price += random() < 0.02 ? noise : 0;
        return price;
      case "rising":
        price += random() * 0.01;
        return price;
      case "jumps":
        price = random() < 0.05 ? 1000 * random() : price + noise;
        return price;
      case "far":
        return 1e9 + 0.001 * Math.round(2 * noise);
      case "zeros":
        return [0, -0, 1, -1][Math.floor(4 * random())];
      case "tiny":
        return 1e-8 * (1 + noise) * (random() < 0.1 ? 1e-305 : 1);
      case "huge":
        return 2 * noise * (random() < 0.5 ? Number.MAX_VALUE : 1e150);
    }
  });
}
