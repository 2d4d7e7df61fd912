import { describe, expect, test } from "vitest";
import * as api from "./index.ts";
import { indicators } from "./registry.ts";

const bars = 60;
const column = (level: number) =>
  Float64Array.from({ length: bars }, (_, i) => level + Math.sin(i));
const columns: Record<string, Float64Array> = {
  open: column(100),
  high: column(102),
  low: column(98),
  close: column(100.5),
  volume: column(1000),
  time: Float64Array.from({ length: bars }, (_, i) => 7_200_000 * i),
  source: column(100.5),
  other: column(100).map((value, i) => value + Math.cos(i)),
  condition: column(0).map((value) => Number(value > 0.5)),
};
const FREE = ["source", "other", "condition"];
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describe("the public functions", () => {
  for (const definition of indicators) {
    const { name, sources, outputs, params } = definition;
    const run = (api as Record<string, unknown>)[camel(name)] as (
      ...args: unknown[]
    ) => Float64Array | Record<string, Float64Array>;
    const free = sources.filter((one) => FREE.includes(one));
    const beside = sources.filter((one) => !FREE.includes(one));
    const read = Object.fromEntries(beside.map((one) => [one, columns[one]]));
    const args = [...free.map((one) => columns[one]), ...(beside.length > 0 ? [read] : [])];
    const numbers = params.map((param) => param.default ?? Math.max(param.min, 5));
    const options = Object.fromEntries(params.map((param, k) => [camel(param.name), numbers[k]]));

    test(`${camel(name)} runs the kernel of ${name}`, () => {
      const expected = outputs.map(() => new Float64Array(bars));
      const inputs = sources.map((one) => columns[one]);
      definition.kernel("tv")(inputs, numbers, expected);
      const found = run(...args, options);
      outputs.forEach((output, k) => {
        expect(outputs.length === 1 ? found : (found as typeof columns)[output]).toEqual(
          expected[k],
        );
      });
      if (params.every((param) => param.default !== undefined)) {
        expect(run(...args)).toEqual(found);
      }
    });

    for (const param of params) {
      test(`${camel(name)} refuses a ${camel(param.name)} outside its bounds`, () => {
        for (const wrong of [param.min - 1, param.max + 1, Number.NaN, "5"]) {
          expect(() => run(...args, { ...options, [camel(param.name)]: wrong })).toThrow(
            `indicator_param: ${camel(name)}: ${camel(param.name)} must be `,
          );
        }
      });
    }
  }

  test("columns of different lengths are refused", () => {
    const short = { ...columns, low: column(98).subarray(1) } as Record<
      "high" | "low" | "close",
      Float64Array
    >;
    expect(() => api.atr(short)).toThrow(
      "indicator_lengths: atr: the two series have 60 and 59 bars",
    );
  });

  test("results go to the columns of the caller, which are in memory of their own", () => {
    const out = new Float64Array(bars);
    expect(api.wma(columns["close"], { period: 5, out })).toBe(out);
    expect(() => api.wma(out, { period: 5, out })).toThrow("indicator_out_shared: wma: ");
    const { macd, signal } = api.macd(columns["close"], { out: { signal: out } });
    expect(signal).toBe(out);
    expect(() => api.macd(columns["close"], { out: { macd, signal: macd } })).toThrow(
      "shares memory",
    );
  });

  test("a percentile whose rank is whole is that value", () => {
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    const options = { period: 20, percentage: 55 };
    expect(api.percentileNearestRank(numbers, options)[19]).toBe(11);
    expect(api.percentileLinearInterpolation(numbers, options)[19]).toBe(11.5);
  });

  test("arrays and sources with gaps are read", () => {
    expect(Array.from(api.change([1, null, 3, 7]))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      4,
    ]);
  });
});
