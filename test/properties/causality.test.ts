import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Bars, sliceBars } from "../../src/vector/columns.ts";
import { casesInAnyDialect } from "../reference/cases.ts";
import { barsIn } from "../reference/generate-bars.ts";
import { check } from "./check.ts";
import { compiled, runOf, signalsOf } from "./product.ts";

/** The first `length` bars of one dataset and then those of another. */
function spliced(first: Bars, length: number, then: Bars): Bars {
  const join = (name: keyof Bars) =>
    Float64Array.of(...first[name].subarray(0, length), ...then[name].subarray(length));
  return {
    time: first.time,
    open: join("open"),
    high: join("high"),
    low: join("low"),
    close: join("close"),
    volume: join("volume"),
  };
}

describe("what happens later", () => {
  check(
    "changes no signal and no equity of earlier bars, whether it is cut off or altered",
    0.25,
    fc.property(
      casesInAnyDialect(150),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (tried, cut, seed) => {
        const { market, document, execution } = tried;
        const bars = barsIn(market);
        const length = Math.floor(cut * market.length);
        const program = compiled(document);
        const signals = signalsOf(program, bars);
        const { equity } = runOf(program, bars, execution);
        const others = [
          sliceBars(bars, 0, length),
          spliced(bars, length, barsIn({ ...market, seed, gaps: 0 })),
        ];
        for (const other of others) {
          const again = signalsOf(program, other);
          for (const name of Object.keys(signals)) {
            expect(again[name].slice(0, length), name).toEqual(signals[name].slice(0, length));
          }
          const rerun = runOf(program, other, execution);
          expect(rerun.equity.slice(0, length)).toEqual(equity.slice(0, length));
        }
      },
    ),
  );
});
