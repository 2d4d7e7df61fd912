import { describe, expect, test } from "vitest";
import { generator, runSeed } from "../../test/kernels/cases.ts";
import { exact, ONE } from "../../test/kernels/exact/fixed.ts";
import { meanDistance } from "../../test/kernels/exact/series.ts";
import { exactSum } from "../../test/kernels/exact.ts";
import { SHORT_DEVIATION } from "./mean-deviation.ts";
import { kernelOf } from "./registry.ts";
import { createDev } from "./stream/index.ts";

const random = generator(runSeed("mean deviation"));
const BARS = 4500;
/** What the exact numbers leave out. */
const TINY = 1e-110;

const walk = (start: number, step: () => number) => {
  let price = start;
  return () => (price += step());
};

const SERIES: Record<string, () => number> = {
  "a walk": walk(100, () => random() - 0.5),
  "prices of 1e9 ± 0.001": () => 1e9 + 0.002 * (random() - 0.5),
  "values around 0": () => (random() - 0.5) * 1e-5,
  "values of every size": () => (random() - 0.5) * 10 ** Math.round(24 * random() - 12),
  "a constant": () => 0.1,
  "values between outliers": () => (random() < 0.002 ? 1e300 : random()),
  "values that shrink by half": (
    (x) => () =>
      (x /= 2)
  )(1e300),
};

function columnOf(source: Float64Array, period: number, name = "dev"): Float64Array {
  const out = new Float64Array(source.length);
  kernelOf(name, "tv")([source], [period], [out]);
  return out;
}

/** Of a long window about the mean that `sma` gives, in exact sums of the distances; of a short one about the exact mean. */
function exactDev(window: Float64Array, mean: number): number {
  if (window.length <= SHORT_DEVIATION) {
    return Number(meanDistance(Array.from(window, exact) as bigint[])) / Number(ONE);
  }
  const parts: number[] = [];
  for (const x of window) {
    const d = x - mean;
    const part = d - x;
    const lost = x - (d - part) + (-mean - part);
    parts.push(d < 0 || (d === 0 && lost < 0) ? -d : d, d < 0 ? -lost : lost);
  }
  return exactSum(Float64Array.from(parts)) / window.length;
}

describe("the mean absolute deviation", () => {
  for (const [name, next] of Object.entries(SERIES)) {
    test(`is right to 1e-12 and the stream's on ${name}`, () => {
      const source = Float64Array.from({ length: BARS }, next);
      for (const period of [20, 200, 257, 2000]) {
        const found = columnOf(source, period);
        const means = columnOf(source, period, "sma");
        for (let i = period - 1; i < BARS; i += 61) {
          const wanted = exactDev(source.subarray(i - period + 1, i + 1), means[i]);
          const off = Math.abs(found[i] - wanted);
          expect(off, `period ${period}, bar ${i}: ${found[i]}`).toBeLessThanOrEqual(
            1e-12 * wanted + TINY,
          );
        }
        const stream = createDev({ period });
        source.forEach((x, i) => {
          stream.update(3 * x);
          if (!Object.is(stream.replace(x), found[i])) throw new Error(`bar ${i}`);
        });
      }
    });
  }
});

test("the stream of a long window passes over na, on a replaced bar too", () => {
  const period = 300;
  const source = Float64Array.from({ length: 2000 }, () =>
    random() < 0.2 ? Number.NaN : random() < 0.01 ? 1e12 : random(),
  );
  const found = columnOf(source, period);
  let stream = createDev({ period });
  source.forEach((x, i) => {
    stream.update(random() < 0.3 ? Number.NaN : random());
    if (random() < 0.3) stream.replace(Number.NaN);
    if (random() < 0.01) {
      const next = createDev({ period });
      next.restore(JSON.parse(JSON.stringify(stream.snapshot())));
      stream = next;
    }
    if (!Object.is(stream.replace(x), found[i])) throw new Error(`bar ${i}`);
  });
  expect(found.subarray(500).some(Number.isNaN)).toBe(false);
});
