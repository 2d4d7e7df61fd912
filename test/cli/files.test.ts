import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { HOURLY, rules, swymc, temporaryFolder } from "./run.ts";

const RUN = ["backtest", rules("ema_crossover"), "--data", HOURLY, "--json"];
const lines = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");

describe("--trades", () => {
  test("writes the trades of the result as CSV", async () => {
    const path = join(temporaryFolder(), "trades.csv");
    const { trades } = JSON.parse((await swymc(...RUN, "--trades", path)).out);
    const [header, ...rows] = lines(path);
    expect(header.split(",")).toEqual(Object.keys(trades[0]));
    const text = (value: unknown) => (value === null ? "" : String(value));
    expect(rows).toEqual(trades.map((trade: object) => Object.values(trade).map(text).join(",")));
  });

  test("writes them as an Arrow file with timestamps", async () => {
    const path = join(temporaryFolder(), "trades.arrow");
    const { trades } = JSON.parse((await swymc(...RUN, "--trades", path)).out);
    const table = tableFromIPC(readFileSync(path));
    expect(table.numRows).toBe(trades.length);
    const first = table.get(0)?.toJSON();
    expect(first).toMatchObject({ side: "long", entry_price: trades[0].entry_price });
    expect(first?.["entry_time"]).toBe(Date.parse(trades[0].entry_time));
  });
});

describe("--equity", () => {
  test("writes one row per bar, the last of which is the final equity", async () => {
    const path = join(temporaryFolder(), "equity.csv");
    const { metrics } = JSON.parse((await swymc(...RUN, "--equity", path)).out);
    const rows = lines(path);
    expect(rows).toHaveLength(2161);
    expect(rows[0]).toBe("time,equity");
    expect(rows[1]).toBe("2024-01-01T00:00:00Z,10000");
    expect(rows.at(-1)).toBe(`2024-03-30T23:00:00Z,${metrics.final_equity}`);
  });

  test.each(["csv", "arrow"])(
    "--samples keeps so many points and the extremes (%s)",
    async (kind) => {
      const folder = temporaryFolder();
      const all = join(folder, "all.csv");
      const some = join(folder, `some.${kind}`);
      await swymc(...RUN, "--equity", all);
      await swymc(...RUN, "--equity", some, "--samples", "50");
      const full = lines(all)
        .slice(1)
        .map((line) => Number(line.split(",")[1]));
      const sampled =
        kind === "csv"
          ? lines(some)
              .slice(1)
              .map((line) => Number(line.split(",")[1]))
          : Array.from(
              tableFromIPC(readFileSync(some)).getChild("equity")!.toArray() as Float64Array,
            );
      expect(sampled).toHaveLength(50);
      expect(Math.max(...sampled)).toBe(Math.max(...full));
      expect(Math.min(...sampled)).toBe(Math.min(...full));
      expect([sampled[0], sampled.at(-1)]).toEqual([full[0], full.at(-1)]);
    },
  );
});
