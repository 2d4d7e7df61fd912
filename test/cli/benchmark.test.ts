import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { swymc, temporaryFolder } from "./run.ts";

const DAY = 86_400_000;
const folder = temporaryFolder();

/** Daily bars that lie flat within the day. */
function file(name: string, closes: readonly number[], first = 0): string {
  const rows = closes.map((close, i) => {
    const day = new Date(Date.UTC(2024, 0, 1) + (first + i) * DAY).toISOString();
    return `${day},${close},${close},${close},${close},1`;
  });
  const path = join(folder, name);
  writeFileSync(path, ["time,open,high,low,close,volume", ...rows, ""].join("\n"));
  return path;
}

const RUN = [100, 110, 99, 108.9, 98.01, 107.811];
const always = join(folder, "always.json");
writeFileSync(
  always,
  JSON.stringify({
    type: "rule_based",
    candle_interval: "1d",
    rules: [
      {
        when: {
          kind: "all_of",
          conditions: [
            { kind: "price_level", price: 1, direction: "above" },
            { kind: "position", state: "flat" },
          ],
        },
        then: { side: "buy", size: { percent_of_equity: 100 } },
      },
    ],
  }),
);
const data = file("run.csv", RUN);

const run = (...args: string[]) =>
  swymc("backtest", always, "--data", data, "--fill", "close", ...args);

describe("--benchmark", () => {
  test("measures against a file; half the moves give beta 2", async () => {
    // Rises and falls by 10 % against 5 %.
    const half = [100, 105, 99.75, 104.7375, 99.500625, 104.47565625];
    const { out, code } = await run("--json", "--benchmark", file("half.csv", half));
    expect(code).toBe(0);
    const { benchmark } = JSON.parse(out);
    expect(benchmark).toMatchObject({ name: "half.csv", bars_missing: 0 });
    expect(benchmark.metrics.beta).toBeCloseTo(2, 10);
    expect(benchmark.metrics.correlation).toBeCloseTo(1, 10);
    expect(benchmark.metrics.alpha).toBeCloseTo(0, 8);
    expect(benchmark.metrics.up_capture).toBeCloseTo(2, 10);
    expect(benchmark.metrics.down_capture).toBeCloseTo(2, 10);
    expect(benchmark.metrics.benchmark_return).toBeCloseTo(0.0447565625, 10);
  });

  test("against the asset itself an account that always holds it has beta 1 and nothing else", async () => {
    const { out } = await run("--json", "--benchmark", "buy_and_hold");
    const { metrics, name, source } = JSON.parse(out).benchmark;
    expect([name, source]).toEqual(["buy_and_hold", null]);
    expect(metrics.beta).toBeCloseTo(1, 12);
    expect(metrics.relative_return).toBeCloseTo(0, 12);
    expect(metrics.information_ratio).toBeNull();
  });

  test("says what it lacks, and shows its rows", async () => {
    const { out } = await run("--benchmark", file("late.csv", [50, 51, 52], 2));
    expect(out).toContain('the benchmark "late.csv" has no bar on 3 of the run\'s 6');
    expect(out).toMatch(/beside late\.csv\n +Return of the benchmark +\+4\.00 %/);
    expect(out).toMatch(/Information ratio/);
    expect(out).toMatch(/Down capture/);
  });

  test("is null in the result unless it is asked for", async () => {
    expect(JSON.parse((await run("--json")).out).benchmark).toBeNull();
  });

  test("stands in the report in place of buying and holding", async () => {
    const page = join(folder, "run.html");
    await run("--report", page, "--benchmark", file("other.csv", [1, 2, 3, 4, 5, 6]));
    const html = readFileSync(page, "utf8");
    const json = /id="report-data">(.*?)<\/script>/s.exec(html)![1]!;
    const { benchmark, columns } = JSON.parse(json);
    expect(benchmark.name).toBe("other.csv");
    expect(benchmark.rows.map(({ title }: { title: string }) => title)).toContain("Beta");
    expect(columns.map(({ name }: { name: string }) => name)).toContain("benchmark");
  });

  test.each([
    ["a symbol of a source without names", () => "BTCUSDT", "benchmark_unnamed"],
    ["bars of other times", () => file("past.csv", [1, 2, 3], -90), "benchmark_elsewhere"],
    ["a file that is not there", () => join(folder, "none.csv"), "file_not_found"],
  ])("refuses %s", async (_, what, diagnostic) => {
    const { out, err, code } = await run("--benchmark", what());
    expect(code).toBe(1);
    expect(out + err).toContain(`[${diagnostic}]`);
  });

  test("refuses bars of another interval", async () => {
    const hours = join(folder, "hours.csv");
    const rows = RUN.map(
      (close, i) => `2024-01-01T0${i}:00:00Z,${close},${close},${close},${close},1`,
    );
    writeFileSync(hours, ["time,open,high,low,close,volume", ...rows, ""].join("\n"));
    const { err } = await run("--benchmark", hours);
    expect(err).toContain("[benchmark_interval]");
  });
});
