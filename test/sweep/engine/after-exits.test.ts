import { expect, test } from "vitest";
import { compiled } from "../../properties/product.ts";
import { engineRows, runRows } from "./trials.ts";

const BARS = 200;
const average = (period: number) => ({ kind: "func", name: "sma", field: "close", period });
const crosses = (kind: string) => ({ kind, left: average(2), right: average(5) });
const rules = [
  {
    when: { kind: "compare", left: average(2), op: ">=", right: average(5) },
    then: { side: "buy", quantity: "1" },
  },
];

/** Bars whose prices are all the given ones; opened, they last for nothing. */
function barsOf(price: (bar: number) => number) {
  const close = Float64Array.from({ length: BARS }, (_, bar) => price(bar));
  const time = Float64Array.from(close, (_, bar) => bar * 3_600_000);
  return { time, open: close, high: close, low: close, close, volume: close };
}

test.each(["wasm", "js"] as const)(
  "a pack that refused an entry for want of an exit opens positions for the next sweep: %s",
  (kind) => {
    // Constant prices have no true range, so that no stop can be placed.
    const refused = compiled({
      type: "rule_based",
      rules,
      exits: { stop_loss: { atr: { multiple: 1, period: 5 } } },
    });
    engineRows(
      refused,
      barsOf(() => 100),
      {},
      [[]],
      kind,
    );
    const plain = compiled({
      type: "rule_based",
      rules: [
        { when: crosses("cross_over"), then: { side: "buy", quantity: "1" } },
        { when: crosses("cross_under"), then: { side: "sell", close: true } },
      ],
    });
    const waves = barsOf((bar) => 100 + 10 * Math.sin(bar / 5));
    expect(engineRows(plain, waves, {}, [[]], kind)).toEqual(runRows(plain, waves, {}, [[]]));
  },
);
