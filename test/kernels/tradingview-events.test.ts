import { describe, expect, test } from "vitest";
import {
  barssince,
  cross,
  crossover,
  crossunder,
  ema,
  sma,
  valuewhen,
} from "../../src/indicators/index.ts";
import { column, hasShared, readColumns, SKIPPED } from "./golden-data.ts";

if (!hasShared) console.log(`TradingView's exports of events: skipped, ${SKIPPED}`);

const firesOf = (values: Float64Array) => [...values.keys()].filter((bar) => values[bar] === 1);

describe.skipIf(!hasShared)("events equal TradingView's exports", () => {
  test("ta.cross, ta.crossover and ta.crossunder of two averages", () => {
    const bars = readColumns("tradingview/cross.csv");
    const close = bars.get("close")!;
    const averages = [ema(close, { period: 5 }), ema(close, { period: 11 })] as const;
    // Exported as 0.5, 1 and -1.
    for (const [name, kernel] of Object.entries({ cross, crossover, crossunder })) {
      const exported = column(bars, `ta.${name}(ema1, ema2)`).map((value) =>
        Math.ceil(Math.abs(value)),
      );
      const found = kernel(...averages);
      expect(firesOf(found), name).toEqual(firesOf(exported));
      expect(firesOf(exported).length, name).toBeGreaterThan(4);
    }
  });

  test("ta.valuewhen(ta.cross(slow, fast), close, 1) of averages of 7 and 14 bars", () => {
    const bars = readColumns("tradingview/valuewhen.csv");
    const close = bars.get("close")!;
    const crosses = cross(sma(close, { period: 7 }), sma(close, { period: 14 }));
    const found = valuewhen(crosses, close, { occurrence: 1 });
    const exported = column(bars, "ta.valuewhen(ta.cross(slow, fast), close, 1)");
    expect(found).toEqual(exported);
    expect(new Set(exported).size).toBeGreaterThan(5);
  });

  test("ta.valuewhen of a source that is na: recorded, and an occurrence", () => {
    const bars = readColumns("tradingview/valuewhen_na.csv");
    const close = bars.get("close")!;
    const condition = Array.from(close, (_, bar) => bar % 3 === 0);
    const source = close.map((value, bar) => (bar % 2 === 0 ? Number.NaN : value));
    for (const occurrence of [0, 1, 2]) {
      const found = valuewhen(condition, source, { occurrence });
      expect(found, `v${occurrence}`).toEqual(column(bars, `v${occurrence}`));
    }
    expect(valuewhen(condition, close)).toEqual(column(bars, "w0"));
    const since = barssince(Uint8Array.from(condition, Number));
    expect(Array.from(since)).toEqual(Array.from(close, (_, bar) => bar % 3));
  });
});
