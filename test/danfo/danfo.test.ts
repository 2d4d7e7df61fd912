import { createRequire } from "node:module";
import {
  Bool,
  Int64,
  makeVector,
  Table,
  TimestampMillisecond,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { fromDanfo, toDanfo } from "../../src/danfo/index.ts";
import { barsToTable, datasetFrom, loadDataset } from "../../src/data/index.ts";
import { SwymcError } from "../../src/diagnostics/index.ts";
import { backtest } from "../../src/program/backtest.ts";
import { run } from "../../src/program/run.ts";

const danfo = createRequire(import.meta.url)("danfojs-node") as typeof import("danfojs-node");
const HOUR = 3_600_000;

const mixed = new Table({
  time: vectorFromArray([0, HOUR, 2 * HOUR], new TimestampMillisecond("UTC")),
  price: makeVector(Float64Array.of(1.5, Number.NaN, 0.1)),
  count: vectorFromArray([1n, 2n, null], new Int64()),
  side: vectorFromArray(["long", null, "short"], new Utf8()),
  open: vectorFromArray([true, false, null], new Bool()),
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SwymcError) return error.diagnostics[0]!.code;
    throw error;
  }
  return "no error";
}

describe("toDanfo", () => {
  test("gives a real DataFrame, by the installed package or by the one handed in", () => {
    for (const frame of [toDanfo(mixed), toDanfo(mixed, danfo)]) {
      expect(frame).toBeInstanceOf(danfo.DataFrame);
      expect(frame.shape).toEqual([3, 5]);
    }
  });

  test("keeps numbers, makes times epoch ms and what is missing NaN or null", () => {
    const frame = toDanfo(mixed, danfo as never) as InstanceType<typeof danfo.DataFrame>;
    expect(frame.column("time").values).toEqual([0, HOUR, 2 * HOUR]);
    expect(frame.column("price").values).toEqual([1.5, Number.NaN, 0.1]);
    expect(frame.column("count").values).toEqual([1, 2, Number.NaN]);
    expect(frame.column("side").values).toEqual(["long", null, "short"]);
    expect(frame.column("open").values).toEqual([true, false, null]);
    expect(frame.column("price").mean()).toBeCloseTo(0.8, 12);
  });

  test("keeps the columns of an empty table", () => {
    expect(toDanfo(mixed.slice(0, 0)).columns).toEqual(["time", "price", "count", "side", "open"]);
  });

  test("takes names that only look dangerous", () => {
    const columns = Object.defineProperty({}, "__proto__", {
      value: makeVector(Float64Array.of(1)),
      enumerable: true,
    }) as Record<string, never>;
    const frame = toDanfo(new Table(columns));
    expect(frame.columns).toEqual(["__proto__"]);
    expect(fromDanfo(frame).getChild("__proto__")?.get(0)).toBe(1);
  });

  test.each([
    ["danfo_column_name", new Table({ values: makeVector(Float64Array.of(1)) })],
    ["danfo_integer", tableFromArrays({ id: BigInt64Array.of(2n ** 60n) })],
    ["danfo_column_type", new Table({ nested: vectorFromArray([{ a: 1 }]) })],
  ])("refuses with %s", (code, table) => {
    expect(codeOf(() => toDanfo(table as Table))).toBe(code);
  });
});

describe("fromDanfo", () => {
  test("brings any table of numbers, text and truth values back", () => {
    const row = fc.record({
      number: fc.oneof(fc.double(), fc.constant(Number.NaN)),
      text: fc.option(fc.string()),
      truth: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const table = new Table({
          number: makeVector(Float64Array.from(rows, (r) => r.number)),
          text: vectorFromArray(
            rows.map((r) => r.text),
            new Utf8(),
          ),
          truth: vectorFromArray(
            rows.map((r) => r.truth),
            new Bool(),
          ),
        });
        const back = fromDanfo(toDanfo(table));
        expect(Array.from(back.getChild("number")!)).toEqual(rows.map((r) => r.number));
        const known = <T>(values: readonly (T | null)[]) =>
          values.every((value) => value === null) ? rows.map(() => Number.NaN) : values;
        expect(Array.from(back.getChild("text")!)).toEqual(known(rows.map((r) => r.text)));
        expect(Array.from(back.getChild("truth")!)).toEqual(known(rows.map((r) => r.truth)));
      }),
      { numRuns: 100 },
    );
  });

  test("reads what danfo itself computed", () => {
    const frame = new danfo.DataFrame({ side: ["a", "b", "a"], pnl: [1, 2, 3] });
    const sums = frame.groupby(["side"]).col(["pnl"]).sum();
    const table = fromDanfo(sums);
    expect(Array.from(table.getChild("side")!)).toEqual(["a", "b"]);
    expect(Array.from(table.getChild("pnl_sum")!)).toEqual([4, 2]);
    expect(Array.from(fromDanfo(frame.query(frame["pnl"].gt(1))).getChild("pnl")!)).toEqual([2, 3]);
  });

  test("refuses mixed columns and what is no frame", () => {
    expect(codeOf(() => fromDanfo(new danfo.DataFrame({ a: [1, "x", 2] })))).toBe("danfo_values");
    expect(codeOf(() => fromDanfo({} as never))).toBe("danfo_frame");
    expect(codeOf(() => fromDanfo(null as never))).toBe("danfo_frame");
  });
});

describe("a DataFrame as data", () => {
  const rules = {
    type: "ema_crossover",
    order_quantity: "1",
    fast_period: 3,
    slow_period: 8,
  } as const;
  const { program } = compile(rules);

  test("runs like the table it was made of", async () => {
    const { table } = await loadDataset("fixtures/ohlcv/synthetic_1d.csv");
    const frame = toDanfo(table);
    expect(backtest(program!, frame).result).toEqual(backtest(program!, table).result);
    expect(run(program!, frame).metrics).toEqual(run(program!, table).metrics);
    expect((await loadDataset(frame)).bars.close).toEqual(datasetFrom(table).bars.close);
  });

  test("may have come from danfo's own CSV reader, whose times are text", async () => {
    const file = "fixtures/ohlcv/synthetic_1d.csv";
    const frame = await danfo.readCSV(`${process.cwd()}/${file}`);
    const { bars, interval } = datasetFrom(frame);
    expect(interval).toBe("1d");
    expect(bars).toEqual((await loadDataset(file)).bars);
  });

  test("is checked like any other", () => {
    const bars = { open: [1, 1], high: [1, 1], low: [1, 1], close: [1, 1], volume: [1, 1] };
    const frame = (time: unknown[]) => new danfo.DataFrame({ time, ...bars });
    expect(codeOf(() => datasetFrom(frame([2e11, 1e11])))).toBe("time_unsorted");
    expect(codeOf(() => datasetFrom(frame(["2024-01-01", "soon"])))).toBe("bad_time");
    expect(codeOf(() => datasetFrom(new danfo.DataFrame({ close: [1, 2] })))).toBe(
      "column_missing",
    );
  });

  test("bars survive the way there and back", () => {
    const column = Float64Array.of(1, 2.5, 3);
    const bars = {
      time: Float64Array.of(0, 1, 2).map((i) => 1.7e12 + i * HOUR),
      open: column,
      high: column,
      low: column,
      close: column,
      volume: Float64Array.of(0, Number.NaN, 1e9),
    };
    expect(datasetFrom(fromDanfo(toDanfo(barsToTable(bars)))).bars).toEqual(bars);
  });
});
