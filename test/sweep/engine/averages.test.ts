import { expect, test } from "vitest";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import { DIALECTS } from "../../../src/vector/kernel.ts";
import { compiled } from "../../properties/product.ts";
import { engineRows, runRows } from "./trials.ts";

const BARS = 2600;
/** Eight and more side by side, and some that show nothing in the first chunk or at all. */
const PERIODS = [1, 2, 3, 5, 8, 9, 10, 13, 20, 21, 34, 40, 64, 65, 1024, 1025, 1500, 2048, 2600];

/** A price that stands for a while, so that an average is that price to the last bit, then moves. */
function bars() {
  const close = Float64Array.from({ length: BARS }, (_, bar) =>
    bar % 300 < 80 ? 0.1 + 0.2 : 0.3 + 0.01 * Math.sin(bar / 7),
  );
  const time = Float64Array.from(close, (_, bar) => bar * 3_600_000);
  return { time, open: close, high: close, low: close, close, volume: close };
}

const average = { kind: "func", name: "ema", field: "close", period: { param: "n" } };
const close = { kind: "field", field: "close" };

/** In a state of the position, where the average stands so to the close. */
const rule = (state: string, ops: readonly string[], then: object) => ({
  when: {
    kind: "all_of",
    conditions: [
      { kind: "position", state },
      {
        kind: "any_of",
        conditions: ops.map((op) => ({ kind: "compare", left: average, op, right: close })),
      },
    ],
  },
  then,
});

test.each(DIALECTS.flatMap((dialect) => (["wasm", "js"] as const).map((kind) => [dialect, kind])))(
  "exponential averages have the bits of their kernel from their first bar on: %s, %s",
  (dialect, kind) => {
    const program = compiled({
      type: "rule_based",
      dialect,
      params: { n: { default: 10 } },
      rules: [
        rule("flat", ["=="], { side: "buy", quantity: "1" }),
        rule("long", [">", "<"], { side: "sell", close: true }),
      ],
    });
    const trials = PERIODS.map((period) => [period]);
    const expected = runRows(program, bars(), {}, trials);
    expect(expected.some((row) => row[SWEEP_METRICS.indexOf("trades")]! > 0)).toBe(true);
    expect(engineRows(program, bars(), {}, trials, kind as "wasm" | "js")).toEqual(expected);
  },
);
