import fc from "fast-check";
import { generator } from "../kernels/cases.ts";

const STYLES = [
  "walk",
  "constant",
  "plateaus",
  "ties",
  "spikes",
  "rising",
  "falling",
  "tiny",
  "huge",
] as const;

/** A random series and a period in a few words, from which they can be made again. */
export interface Case {
  readonly style: (typeof STYLES)[number];
  readonly seed: number;
  readonly length: number;
  readonly period: number;
  /** Bars without a value before the first, and the share of them after it. */
  readonly late: number;
  readonly missing: number;
}

/** Without fast-check's leaning to the ends, which would leave few windows full. */
const even = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));

/** Lengths 0 to 500; periods 1 to 500, about the length and beyond it. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    style: fc.constantFrom(...STYLES),
    seed: fc.nat(),
    length: fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }) },
      { weight: 3, arbitrary: even(40, 500) },
    ),
    period: fc.oneof(even(1, 12), even(1, 60), even(1, 500)),
    /** Where not null, the period is the length and so many bars. */
    about: fc.oneof(
      { weight: 7, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
    ),
    late: fc.constantFrom(0, 0, 0, 3),
    missing: fc.constantFrom(0, 0, 0, 0.01, 0.1, 0.4),
  })
  .map(({ about, ...c }) => (about === null ? c : { ...c, period: Math.max(1, c.length + about) }));

/** `tiny` prices are near 1e-8, `huge` ones 1e9 ± 0.001; `spikes` are a millionfold. */
export function seriesOf({ style, seed, length, late, missing }: Case): Float64Array {
  const random = generator(seed);
  let price = style === "tiny" ? 1e-8 : style === "huge" ? 1e9 : 50 + 100 * random();
  return Float64Array.from({ length }, (_, i) => {
    const noise = random() - 0.5;
    let value = price;
    if (style === "walk") value = price += noise;
    else if (style === "ties") value = price = Math.round(price + 3 * noise);
    else if (style === "plateaus") value = price += random() < 0.05 ? noise : 0;
    else if (style === "rising") value = price += random();
    else if (style === "falling") value = price -= random();
    else if (style === "spikes") value = random() < 0.02 ? price * 1e6 : (price += noise);
    else if (style === "tiny") value = price *= 1 + 0.01 * noise;
    else if (style === "huge") value = price + 0.002 * noise;
    return i < late || random() < missing ? Number.NaN : value;
  });
}

/** Two series that often meet: on a grid, about each other, with gaps where the case has them. */
export function pairOf(c: Case): [Float64Array, Float64Array] {
  const random = generator(c.seed);
  const side = () =>
    Float64Array.from({ length: c.length }, (_, i) =>
      i < c.late || random() < c.missing ? Number.NaN : Math.floor(4 * random()),
    );
  return [side(), c.seed % 3 === 0 ? new Float64Array(c.length).fill(2) : side()];
}
