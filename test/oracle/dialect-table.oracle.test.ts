import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossover, crossunder, ema, rsi, sma, stdDev } from "../../src/indicators/index.ts";
import { type Ask, HOW_TO_RUN, mayBeMissing, Oracle } from "./oracle.ts";

if (mayBeMissing) console.log(`oracles, table of dialects: skipped, ${HOW_TO_RUN}`);

const na = Number.NaN;
type Library = "backtrader" | "talib" | "pandas" | "vectorbt";
type Row = readonly [library: Library, expected: readonly number[]];

const kernels = { ema, rsi, sma, std_dev: stdDev };

describe.skipIf(mayBeMissing)(
  "the libraries answer as the table of dialects says, and so do we",
  () => {
    let oracle: Oracle;
    beforeAll(() => {
      oracle = new Oracle();
    });
    afterAll(() => oracle?.close());

    async function answer(library: Library, indicator: string, params: number[], ...x: number[][]) {
      const ask: Ask = { library, indicator, params };
      return (
        await oracle.ask(
          x.map((values) => Float64Array.from(values)),
          [ask],
        )
      )[0];
    }

    async function columnOf(
      library: Library,
      indicator: string,
      params: number[],
      ...x: number[][]
    ) {
      const found = await answer(library, indicator, params, ...x);
      if (!("columns" in found))
        throw new Error(`${library} ${indicator}: ${JSON.stringify(found)}`);
      return found.columns[0];
    }

    const TABLE: readonly [
      title: string,
      indicator: keyof typeof kernels,
      period: number,
      x: number[],
      rows: readonly Row[],
    ][] = [
      [
        "the seed of an EMA",
        "ema",
        5,
        [10, 11, 12, 11, 13],
        [
          ["talib", [na, na, na, na, 11.4]],
          ["backtrader", [na, na, na, na, 11.4]],
          ["pandas", [10, 10.333333, 10.888889, 10.925926, 11.617284]],
          ["vectorbt", [na, na, na, na, 11.617284]],
        ],
      ],
      [
        // k = 2/5; the mean 2.24's weight has decayed to 0.6² = 0.36 when 9 comes: (0.36·2.24 + 0.4·9)/0.76.
        "na in an EMA: poisoned, carried and decayed",
        "ema",
        4,
        [2, 2, 2, 2.6, na, 9],
        [
          ["backtrader", [na, na, na, 2.15, na, na]],
          ["pandas", [2, 2, 2, 2.24, 2.24, 5.797895]],
          ["vectorbt", [na, na, na, 2.24, 2.24, 5.797895]],
        ],
      ],
      [
        "the average of an RSI",
        "rsi",
        2,
        [1, 2, 3, 2, 4],
        [
          ["talib", [na, na, 100, 50, 83.333333]],
          ["backtrader", [na, na, 100, 50, 83.333333]],
          ["pandas", [na, 100, 100, 50, 83.333333]],
          ["vectorbt", [na, na, 100, 50, 66.666667]],
        ],
      ],
      [
        "an RSI without any change",
        "rsi",
        3,
        [7, 7, 7, 7, 7],
        [
          ["talib", [na, na, na, 0, 0]],
          ["backtrader", [na, na, na, 50, 50]],
          ["pandas", [na, na, na, na, na]],
          ["vectorbt", [na, na, na, na, na]],
        ],
      ],
      [
        "an RSI of only rises",
        "rsi",
        3,
        [1, 2, 3, 4, 5],
        [
          ["talib", [na, na, na, 100, 100]],
          ["backtrader", [na, na, na, 100, 100]],
          ["pandas", [na, 100, 100, 100, 100]],
          ["vectorbt", [na, na, na, 100, 100]],
        ],
      ],
      [
        "the divisor of a standard deviation",
        "std_dev",
        8,
        [2, 4, 4, 4, 5, 5, 7, 9],
        [
          ["talib", [na, na, na, na, na, na, na, 2]],
          ["backtrader", [na, na, na, na, na, na, na, 2]],
          ["pandas", [na, na, na, na, na, na, na, 2.13809]],
          ["vectorbt", [na, na, na, na, na, na, na, 2]],
        ],
      ],
      [
        "a tiny standard deviation",
        "std_dev",
        2,
        [1, 1 + 2 ** -26, 1, 1 + 2 ** -26],
        [
          ["talib", [na, 0, 0, 0]],
          ["pandas", [na, 2 ** -26.5, 2 ** -26.5, 2 ** -26.5]],
        ],
      ],
      [
        "na inside an SMA window",
        "sma",
        2,
        [1, 2, na, 3, 4],
        [
          ["backtrader", [na, 1.5, na, na, 3.5]],
          ["pandas", [na, 1.5, na, na, 3.5]],
          ["vectorbt", [na, 1.5, na, na, 3.5]],
        ],
      ],
    ];

    for (const [title, indicator, period, x, rows] of TABLE) {
      test.each(rows)(`${title} in %s`, async (library, expected) => {
        expectColumn(await columnOf(library, indicator, [period], x), expected);
        expectColumn(kernels[indicator](x, { period, dialect: library }), expected);
      });
    }

    test("backtrader's RSI fails without a fall, which RSI_Safe does not", async () => {
      for (const x of [
        [7, 7, 7, 7, 7],
        [1, 2, 3, 4, 5],
      ]) {
        expect(await answer("backtrader", "rsi_unsafe", [3], x)).toEqual({
          error: "ZeroDivisionError: float division by zero",
        });
      }
    });

    test("backtrader's deviation is that of |variance|", async () => {
      // In floating point mean(x²) - mean(x)² of these is -(2^-59).
      const [, , found] = await columnOf("backtrader", "std_dev", [3], [0.1, 0.1, 0.1]);
      expect(found).toBe(Math.sqrt(2 ** -59));
    });

    const CROSSES: readonly [
      string,
      number[],
      Record<"backtrader" | "pandas" | "vectorbt", number[]>,
    ][] = [
      ["a touch from above", [3, 2, 3], { backtrader: [], pandas: [2], vectorbt: [] }],
      ["a touch from below", [1, 2, 2, 3], { backtrader: [3], pandas: [3], vectorbt: [3] }],
      ["a second time", [1, 3, 2, 3], { backtrader: [1], pandas: [1, 3], vectorbt: [1, 3] }],
      ["a gap", [1, na, 3], { backtrader: [], pandas: [], vectorbt: [] }],
    ];

    for (const [title, x, expected] of CROSSES) {
      test.each(Object.entries(expected) as [Library, number[]][])(
        `a cross over ${title} in %s`,
        async (library, bars) => {
          const level = x.map(() => 2);
          const mirrored = x.map((v) => 4 - v);
          const dialect = library;
          expect(fires(await columnOf(library, "crossover", [], x, level))).toEqual(bars);
          expect(fires(await columnOf(library, "crossunder", [], mirrored, level))).toEqual(bars);
          expect(fires(crossover(x, level, { dialect }))).toEqual(bars);
          expect(fires(crossunder(mirrored, level, { dialect }))).toEqual(bars);
        },
      );
    }
  },
);

function expectColumn(found: Float64Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    const off = Math.abs(found[i] - value);
    const agree = Number.isNaN(value) ? Number.isNaN(found[i]) : off <= 1e-6 * value;
    expect(agree, `bar ${i}: ${found[i]} instead of ${value}`).toBe(true);
  });
}

function fires(column: Float64Array): number[] {
  return [...column.keys()].filter((i) => column[i] === 1);
}
