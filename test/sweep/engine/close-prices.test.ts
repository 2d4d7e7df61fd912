import fc from "fast-check";
import { describe, expect } from "vitest";
import { check } from "../../properties/check.ts";
import { compiled } from "../../properties/product.ts";
import { random } from "../../reference/random.ts";
import { engineRows, runRows } from "./trials.ts";

/** Closes whose equity may round to the same: steps of a unit in the last place, and now and then of a cent. */
function closeBars(seed: number, count: number) {
  const next = random(seed);
  const price = new Float64Array([100]);
  const bits = new BigInt64Array(price.buffer);
  const close = Float64Array.from({ length: count }, () => {
    const turn = next();
    if (turn < 0.1) price[0] = Math.round(price[0]! * 100 + (next() < 0.5 ? 1 : -1)) / 100;
    else if (turn < 0.8) bits[0] = bits[0]! + BigInt(Math.floor(next() * 5) - 2);
    return price[0]!;
  });
  return {
    time: Float64Array.from(close, (_, k) => k * 60_000),
    open: close.slice(),
    high: close.slice(),
    low: close.slice(),
    close,
    volume: new Float64Array(count).fill(1),
  };
}

function crossing(side: "buy" | "sell", size: object): object {
  const average = { kind: "func", name: "sma", field: "close", period: { param: "period" } };
  const operands = { left: { kind: "field", field: "close" }, right: average };
  const rule = (state: string, kind: string, then: object) => ({
    when: {
      kind: "all_of",
      conditions: [
        { kind: "position", state },
        { kind, ...operands },
      ],
    },
    then,
  });
  const back = side === "buy" ? "sell" : "buy";
  return {
    type: "rule_based",
    params: { period: { default: 20 } },
    rules: [
      rule("flat", "cross_over", { side, ...size }),
      rule(side === "buy" ? "long" : "short", "cross_under", { side: back, close: true }),
    ],
  };
}

describe("the drawdown of prices that lie close", () => {
  check(
    "is that of a run bar by bar, whatever equity rounds to",
    0.02,
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.constantFrom("buy" as const, "sell" as const),
      fc.constantFrom(
        { size: { percent_of_equity: 100 } },
        { size: { percent_of_equity: 40 } },
        { quantity: "1" },
        { quantity: "0.001" },
      ),
      fc.constantFrom(100, 10_000, 1e8),
      fc.constantFrom(0, 1e-15, 0.001),
      (seed, side, size, cash, commission) => {
        const bars = closeBars(seed, 2500);
        const program = compiled(crossing(side, size));
        const execution = { cash, commission, fill: "close" as const };
        const trials = [[2], [7], [40], [300]];
        const expected = runRows(program, bars, execution, trials);
        for (const kind of ["js", "wasm"] as const)
          expect(engineRows(program, bars, execution, trials, kind)).toEqual(expected);
      },
    ),
  );
});
