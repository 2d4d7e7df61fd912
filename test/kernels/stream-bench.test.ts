import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Times {
  readonly update: number;
  readonly replace: number;
}

interface Report {
  readonly rows: readonly {
    readonly indicator: string;
    readonly swymc: Times;
    readonly trading_signals: Times | null;
    readonly note: string | null;
  }[];
}

test("the bench of streams finds the other library's values equal, so that it times them", () => {
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", "bench/streams/main.ts", "--bars", "3000", "--rounds", "1", "--json"],
    { cwd: ROOT, encoding: "utf8" },
  );
  const { rows } = JSON.parse(output) as Report;
  const streamed = indicators.filter((d) => d.sources.length === 1);
  expect(rows.map((row) => row.indicator)).toEqual(streamed.map((d) => d.name));
  for (const { swymc, note } of rows) {
    expect(note).toBeNull();
    expect(swymc.update).toBeGreaterThan(0);
  }
  const timed = rows.filter((row) => row.trading_signals !== null).map((row) => row.indicator);
  expect(timed).toEqual(["bollinger", "ema", "highest", "lowest", "rsi", "sma"]);
});
