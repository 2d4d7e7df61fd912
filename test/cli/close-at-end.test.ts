import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { swymc, temporaryFolder } from "./run.ts";

const folder = temporaryFolder();
const rules = join(folder, "hold.json");
const data = join(folder, "bars.csv");
writeFileSync(
  rules,
  JSON.stringify({
    type: "rule_based",
    candle_interval: "1d",
    rules: [
      {
        when: {
          kind: "all_of",
          conditions: [
            { kind: "position", state: "flat" },
            { kind: "price_level", price: 1, direction: "above" },
          ],
        },
        then: { side: "buy", quantity: "1" },
      },
    ],
  }),
);
const days = [100, 101, 102, 103, 104].map(
  (close, i) => `2024-01-0${i + 1}T00:00:00Z,${close},${close},${close},${close},1`,
);
writeFileSync(data, ["time,open,high,low,close,volume", ...days, ""].join("\n"));

const run = (...more: string[]) =>
  swymc("backtest", rules, "--data", data, "--fill", "close", "--json", ...more);

describe("a position that is held on the last bar", () => {
  test("stays open, and its trade is told as such", async () => {
    const { metrics } = JSON.parse((await run()).out);
    expect(metrics).toMatchObject({ trades: 1, open_trades: 1, closed_trades: 0 });
    expect(metrics.final_equity).toBe(10_004);
  });

  test("is sold at the last close by --close-at-end, at its cost", async () => {
    const { out, code } = await run("--close-at-end", "--commission", "1");
    expect(code).toBe(0);
    const { metrics } = JSON.parse(out);
    expect(metrics).toMatchObject({ trades: 1, open_trades: 0, closed_trades: 1 });
    // Bought at 100 and sold at 104, one percent of each for the broker.
    expect(metrics.final_equity).toBeCloseTo(10_000 + 4 - 1 - 1.04, 9);
    expect(metrics.commission).toBeCloseTo(2.04, 9);
  });
});
