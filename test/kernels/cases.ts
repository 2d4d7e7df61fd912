import fc from "fast-check";

const STYLES = ["walk", "ties", "flat", "falling", "jumps", "offset"] as const;

/** A random series in a few words, from which it can be made again. */
export interface Case {
  readonly style: (typeof STYLES)[number];
  readonly seed: number;
  readonly length: number;
  readonly period: number;
  /** Share of missing bars. */
  readonly missing: number;
}

/** Lengths 0 to 2,000; periods 1 to 500 and beyond the length. */
export function cases(gaps: boolean): fc.Arbitrary<Case> {
  return fc.record({
    style: fc.constantFrom(...STYLES),
    seed: fc.nat(),
    length: fc.oneof(fc.nat(40), fc.nat(2000)),
    period: fc.oneof(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 500 }),
      fc.constant(100_000),
    ),
    missing: gaps ? fc.constantFrom(0, 0.01, 0.1, 0.5) : fc.constant(0),
  });
}

/** The series of a case. Prices stand on a tick grid in `ties`, far from 0 in `offset`. */
export function seriesOf({ style, seed, length, missing }: Case): number[] {
  const random = generator(seed);
  let price = 100;
  const series: number[] = [];
  for (let i = 0; i < length; i++) {
    const noise = random() - 0.5;
    if (style === "walk") price += noise;
    else if (style === "ties") price += Math.round(3 * noise);
    else if (style === "flat") price += random() < 0.01 ? noise : 0;
    else if (style === "falling") price -= random() * 0.01;
    else if (style === "jumps") price = random() < 0.02 ? 1000 * random() : price + noise;
    else price = 1e6 + noise;
    series.push(random() < missing ? Number.NaN : price);
  }
  return series;
}

/** Uniform numbers in [0, 1), the same for a seed everywhere (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The seed of this test run, from SWYMC_SEED or the clock; printed, so that any run can be repeated. */
export function runSeed(suite: string): number {
  const seed = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647);
  console.log(`${suite}: SWYMC_SEED=${seed}`);
  return seed;
}
