import { Float64, Table, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { type Bars, barsToTable, compile, run, signals } from "../index.ts";

const n = 40;
const column = (value: (i: number) => number) =>
  Float64Array.from({ length: n }, (_, i) => value(i));
const price = column((i) => 100 + 10 * Math.sin(i / 3));
const bars: Bars = {
  time: column((i) => i * 3_600_000),
  open: price,
  high: price,
  low: price,
  close: price,
  volume: column(() => 1),
};

const { program } = compile({
  type: "rule_based",
  rules: [
    {
      when: { kind: "price_level", price: 105, direction: "below" },
      then: { side: "buy", quantity: "1" },
    },
  ],
});

/** The bars as a table whose close has a null slot on bar 5. */
function withNull(): Table {
  const table = barsToTable(bars);
  const close = vectorFromArray(
    Array.from(price, (value, i) => (i === 5 ? null : value)),
    new Float64(),
  );
  const columns = Object.fromEntries(
    table.schema.fields.map(({ name }) => [
      name,
      name === "close" ? close : table.getChild(name as "time")!,
    ]),
  );
  return new Table(columns as never);
}

describe("run and signals", () => {
  it("take a null slot for na, not for 0: no rule fires on it", () => {
    const fires = (data: Table) => Array.from(signals(program!, data).getChild("rule_1_flat")!);
    const expected = Array.from(price, (value, i) => i !== 5 && value < 105);
    expect(fires(withNull())).toEqual(expected);
    expect(run(program!, withNull()).equity.numRows).toBe(n);
  });

  it("give trades, equity and signals as tables", () => {
    const { trades, equity } = run(program!, bars);
    expect(equity.schema.fields.map((f) => f.name)).toEqual(["time", "equity"]);
    expect(trades.schema.fields.map((f) => f.name)).toEqual([
      "side",
      "quantity",
      "entry_signal_time",
      "entry_time",
      "entry_price",
      "exit_signal_time",
      "exit_time",
      "exit_price",
      "exit_reason",
      "bars_held",
      "pnl_gross",
      "commission",
      "pnl",
      "status",
    ]);
    expect(trades.get(0)?.toJSON()).toMatchObject({
      side: "long",
      quantity: 1,
      exit_price: null,
      status: "open",
    });
    const table = signals(program!, bars);
    expect(table.schema.fields[1].metadata.get("side")).toBe("buy");
  });

  it("refuse infinite prices, times that go back, and unequal columns, by row or name", () => {
    const infinite = price.slice().fill(Number.NEGATIVE_INFINITY, 3, 4);
    expect(() => run(program!, { ...bars, close: infinite })).toThrow(/price_not_finite.*row 4/);
    expect(() => run(program!, { ...bars, time: bars.time.slice().reverse() })).toThrow(
      /time_unsorted/,
    );
    expect(() => run(program!, { ...bars, volume: price.subarray(1) })).toThrow(/column_length/);
  });

  it("refuse parameters and settings they cannot use, all at once", () => {
    expect(() => run(program!, bars, { params: { a: 1, b: 2 } })).toThrow(/"a"[\s\S]*"b"/);
    expect(() => run(program!, bars, { cash: -1, commission: 2 })).toThrow(/cash[\s\S]*commission/);
  });
});
