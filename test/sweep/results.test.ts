import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, test } from "vitest";
import { rows as select, withDatabase, withFileReader } from "../../src/data/duckdb.ts";
import { swymc } from "../cli/run.ts";
import { ROOT } from "../source-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULES = join(ROOT, "fixtures/rules/ema_crossover_params.json");
const DAILY = join(ROOT, "fixtures/ohlcv/synthetic_1d.csv");
const HOURLY = join(ROOT, "fixtures/ohlcv/synthetic_1h.csv");
const SPACE = ["--param", "fast=4..12:4", "--param", "slow=10,20", "--where", "fast < slow"];
const RUN = [...SPACE, "--commission", "0.1", "--threads", "1"];
/** 4 and 8 below 10; 4, 8 and 12 below 20. */
const TRIALS = 5;

async function sweep(out: string, ...more: string[]) {
  const ran = await swymc("sweep", RULES, "--data", HOURLY, ...RUN, "--out", out, ...more);
  expect(ran.code, ran.err).toBe(0);
  return ran;
}

async function backtestOf(fast: number, slow: number) {
  const params = ["--param", `fast=${fast}`, "--param", `slow=${slow}`];
  const ran = await swymc(
    "backtest",
    RULES,
    "--data",
    HOURLY,
    "--commission",
    "0.1",
    ...params,
    "--json",
  );
  return JSON.parse(ran.out);
}

const SQL =
  "SELECT trial::DOUBLE, fast, slow, strategy_id, sharpe, trades::DOUBLE, symbol, state FROM";

describe("the same rows", () => {
  const expected: unknown[][] = [];

  test("as the backtests, in a CSV that reads back to the same doubles", async () => {
    const out = join(folder, "a.csv");
    await sweep(out);
    const [head, ...lines] = readFileSync(out, "utf8").trimEnd().split("\n");
    const names = head!.split(",");
    expect(names.slice(0, 4)).toEqual(["trial", "fast", "slow", "strategy"]);
    expect(lines).toHaveLength(TRIALS);
    for (const [k, line] of lines.entries()) {
      const cells = line.split(",");
      const cell = (name: string) => cells[names.indexOf(name)]!;
      const result = await backtestOf(Number(cell("fast")), Number(cell("slow")));
      for (const [name, value] of Object.entries(result.metrics)) {
        expect(cell(name) === "" ? null : Number(cell(name)), name).toBe(value);
      }
      expect(cell("strategy_id")).toBe(result.strategy_id);
      const { sharpe, trades } = result.metrics;
      const params = [Number(cell("fast")), Number(cell("slow"))];
      expected.push([k + 1, ...params, result.strategy_id, sharpe, trades, null, result.state]);
    }
  });

  test("in Parquet, read by DuckDB", async () => {
    const out = join(folder, "a.parquet");
    await sweep(out);
    const found = await withFileReader((c) =>
      select(c, { sql: `${SQL} read_parquet(?)`, values: [out] }),
    );
    expect(found).toEqual(expected);
  });

  test("in a DuckDB database", async () => {
    const out = join(folder, "a.duckdb");
    await sweep(out);
    expect(await withDatabase(out, (c) => select(c, { sql: `${SQL} trials`, values: [] }))).toEqual(
      expected,
    );
  });

  test("in Arrow IPC", async () => {
    const out = join(folder, "a.arrow");
    await sweep(out);
    const table = tableFromIPC(readFileSync(out));
    const names = ["trial", "fast", "slow", "strategy_id", "sharpe", "trades", "symbol", "state"];
    const found = Array.from({ length: table.numRows }, (_, k) =>
      names.map((name) => table.getChild(name)!.get(k)),
    );
    expect(found).toEqual(expected);
  });

  test("and nothing else is left beside them", () => {
    const kept = ["a.arrow", "a.csv", "a.csv.meta.json", "a.duckdb", "a.parquet"];
    expect(readdirSync(folder).sort()).toEqual(kept);
  });
});

describe("models of execution", () => {
  const beside = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  afterAll(() => rmSync(beside, { recursive: true, force: true }));
  const rules = join(beside, "exits.json");
  const flags = ["--tick", "0.05", "--spread-bps", "5", "--commission-per-order", "1"];
  const more = ["--lot", "0.01", "--close-at-end", "--both-hit", "stop_first"];
  const { exits: _, ...document } = JSON.parse(readFileSync(RULES, "utf8"));
  writeFileSync(
    rules,
    JSON.stringify({
      ...document,
      exits: { stop_loss: { ticks: 20 }, take_profit: { percent: 2 } },
    }),
  );

  test("are those of a backtest, and kept for showing a row again", async () => {
    const out = join(beside, "exits.csv");
    const args = ["--data", HOURLY, ...flags, ...more];
    const swept = await swymc("sweep", rules, ...args, ...SPACE, "--out", out, "--threads", "1");
    expect(swept.code, swept.err).toBe(0);
    const shown = await swymc("sweep", "show", out, "--row", "2", "--json");
    const { params } = JSON.parse(shown.out).settings;
    const given = Object.entries(params).flatMap(([name, value]) => [
      "--param",
      `${name}=${value}`,
    ]);
    const alone = await swymc("backtest", rules, ...args, ...given, "--json");
    const { metrics, settings } = JSON.parse(alone.out);
    expect(metrics.trades).toBeGreaterThan(5);
    expect(settings.execution.tick).toBe(0.05);
    expect(JSON.parse(shown.out).metrics).toEqual(metrics);
    const line = readFileSync(out, "utf8").split("\n")[2]!;
    expect(line).toContain(`,${metrics.total_return},`);
  });

  test("lack a tick that an exit is measured in: an error before any trial", async () => {
    const { code, err } = await swymc("sweep", rules, "--data", HOURLY, ...SPACE);
    expect(code).toBe(1);
    expect(err).toContain("error[exit_without_tick]");
  });
});

describe("sweep show", () => {
  test.each(["csv", "parquet", "arrow", "duckdb"])("runs a row of a .%s again", async (ending) => {
    const ran = await swymc("sweep", "show", join(folder, `a.${ending}`), "--row", "4", "--json");
    expect(ran.code, ran.err).toBe(0);
    const { metrics, strategy_id } = JSON.parse(ran.out);
    const expected = await backtestOf(8, 20);
    expect({ metrics, strategy_id }).toEqual({
      metrics: expected.metrics,
      strategy_id: expected.strategy_id,
    });
  });

  test("finds window, pointer and symbol of a row", async () => {
    const out = join(folder, "windows.csv");
    const pointer = "/rules/0/then/size/percent_of_equity";
    const args = ["--windows", "2024-01-01..2024-03-31/1mo", "--param", `${pointer}=25,75`];
    await swymc("sweep", RULES, "--data", HOURLY, ...args, "--out", out, "--threads", "1");
    const ran = await swymc("sweep", "show", out, "--row", "4", "--json");
    const result = JSON.parse(ran.out);
    expect(result.settings).toMatchObject({
      params: { [pointer]: 75 },
      from: "2024-02-01T00:00:00Z",
      to: "2024-03-01T00:00:00Z",
    });
    const line = readFileSync(out, "utf8").split("\n")[4]!;
    expect(line).toContain("2024-02-01/2024-03-01");
    expect(line).toContain(`,${result.metrics.total_return},`);
    const document = JSON.parse(readFileSync(RULES, "utf8"));
    document.rules[0].then.size.percent_of_equity = 75;
    const rules = join(folder, "by-hand.json");
    writeFileSync(rules, JSON.stringify(document));
    const window = ["--from", "2024-02-01", "--to", "2024-02-29"];
    const alone = await swymc("backtest", rules, "--data", HOURLY, ...window, "--json");
    expect(JSON.parse(alone.out).metrics).toEqual(result.metrics);
  });

  test("refuses rows that are not there, other files, and data that changed", async () => {
    const show = async (...args: string[]) => (await swymc("sweep", "show", ...args)).err;
    expect(await show(join(folder, "a.csv"), "--row", "6")).toMatch(/no row 6; the results have 5/);
    expect(await show(DAILY, "--row", "1")).toMatch(/sweep_results.*its metadata are missing/);
    const cut = join(folder, "cut.arrow");
    writeFileSync(cut, readFileSync(join(folder, "a.arrow")).subarray(0, 3_000));
    expect(await show(cut, "--row", "1")).toMatch(/sweep_results.*it is cut off or damaged/);
    expect(await show(join(folder, "a.csv"))).toMatch(/--row: expected K, or --report FILE/);
    expect(await show(join(folder, "none.csv"), "--row", "1")).toMatch(/file_not_found/);
    expect(await show(join(folder, "a.csv"), "--row", "1", "--data", DAILY)).toMatch(
      /sweep_option.*--data/,
    );
    const bars = join(folder, "bars.csv");
    writeFileSync(bars, readFileSync(DAILY));
    const out = join(folder, "moved.csv");
    await swymc("sweep", RULES, "--data", bars, ...RUN, "--out", out);
    writeFileSync(bars, readFileSync(DAILY, "utf8").trimEnd().split("\n").slice(0, -1).join("\n"));
    expect(await show(out, "--row", "1")).toMatch(/sweep_data_changed/);
    rmSync(bars);
    expect(await show(out, "--row", "1")).toMatch(
      /sweep_data_missing.*bars\.csv[\s\S]*the folder in which the sweep ran/,
    );
  });
});

describe("the command line", () => {
  const run = (...args: string[]) =>
    swymc("sweep", RULES, "--data", DAILY, "--threads", "1", ...args);

  test("says once that windows hold no bars, with their number", async () => {
    const { code, err } = await run(...SPACE, "--windows", "1990..2022/1y", "--top", "0");
    expect(code, err).toBe(0);
    const said = err.split("\n").filter((line) => line.includes("sweep_window_empty"));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/in 3[0-9] windows, the first 1990-01-01\/1991-01-01, the last 20/);
  });

  test("prints one JSON object with the best first", async () => {
    const { out } = await run(...SPACE, "--json", "--objective", "max_drawdown", "--top", "3");
    const object = JSON.parse(out);
    expect(object).toMatchObject({
      state: "ok",
      trials: TRIALS,
      objective: { text: "max_drawdown", direction: "min" },
    });
    const drawdowns = object.top.map((one: { objective: number }) => one.objective);
    expect(drawdowns).toEqual([...drawdowns].sort((a: number, b: number) => a - b));
    expect(drawdowns).toHaveLength(3);
  });

  test("explains the plan and runs nothing", async () => {
    const out = join(folder, "explained.csv");
    const { out: text } = await run(...SPACE, "--explain", "--out", out);
    expect(text).toContain("5 trials in 1 job");
    expect(text).toMatch(/ 3 {2}%\d = ema %0 \(\$fast\) +by fast/);
    expect(text).toMatch(/ 5 {2}%\d = cross_over %\d %\d +by fast, slow/);
    expect(existsSync(out)).toBe(false);
  });

  test("counts conditions as bits in the memory of a plan", async () => {
    const { out: text } = await run(...SPACE, "--explain", "--json");
    // 1,000 bars: numbers of close, three fast and two slow averages; bits of four nodes for each trial and two states.
    expect(JSON.parse(text).memory.columns_per_thread).toBe(6 * 1_000 * 8 + (4 * 5 + 2) * 125);
  });

  test.each([
    [
      ["--param", "fsat=2..5"],
      /no strategy of this sweep has a parameter "fsat"[\s\S]*did you mean "fast"/,
    ],
    [["--param", "fast=9..2"], /9 is above 2/],
    [["--param", "fast=2..5:NaN"], /no finite number/],
    [
      ["--param", "fast=50..60", "--param", "slow=5..9", "--where", "fast < slow"],
      /none of the 55 combinations/,
    ],
    [
      [
        "--param",
        "fast=2..100",
        "--param",
        "slow=5..300",
        "--param",
        "/rules/0/then/size/percent_of_equity=1..100:0.00001",
      ],
      /290,109,629,304 combinations/,
    ],
    [["--search", "sobol"], /needs --samples/],
    [["--samples", "5"], /no --samples with grid/],
    [["--objective", "trades >"], /sweep_objective/],
    [["--heatmap-of", "fast,slow"], /--heatmap beside it/],
    [["--heatmap", "x.csv"], /a file that ends in .html/],
    [["--resume"], /--out FILE beside it/],
    [["--out", "x.xlsx"], /no table format/],
    [["--windows", "1990..1991/1mo"], /empty_dataset|sweep_no_bars/],
    [["--out", "no/such/folder/rows.csv"], /file_unwritable[\s\S]*its folder does not exist/],
    [["--report", "no/such/folder/sweep.html"], /its folder does not exist/],
    [["--heatmap", "package.json/heat.html"], /its folder is a file/],
    [["--save", "src"], /it is a folder/],
  ] as const)("refuses %j before any work", async (args, reason) => {
    const { code, err, out } = await run(...args);
    expect(code).toBe(1);
    expect(err).toMatch(reason);
    expect(out).toBe("");
  });

  test("asks for data", async () => {
    const { code, err } = await swymc("sweep", RULES);
    expect([code, err]).toEqual([1, "error: required option '--data <SOURCE>' not specified\n"]);
  });

  test("draws a heat map in the terminal", async () => {
    const { out } = await run(...SPACE, "--heatmap");
    const lines = out.trimEnd().split("\n").slice(-5);
    expect(lines[0]).toBe("  slow down, fast across; best sharpe of each pair");
    expect(lines[1]).toMatch(/^ {2}10 \d \d ·$/);
    expect(lines[2]).toMatch(/^ {2}20 \d \d \d$/);
  });

  test("writes a heat map without scripts, inert to names", async () => {
    const evil = `<img src=x onerror=alert(1)>"'&`;
    const rules = join(folder, `${evil.replaceAll("/", "")}.json`);
    writeFileSync(rules, readFileSync(RULES));
    const page = join(folder, "heat.html");
    const args = ["--data", DAILY, ...SPACE, "--threads", "1", "--heatmap", page];
    const { code, err } = await swymc("sweep", rules, ...args);
    expect(code, err).toBe(0);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(html).not.toContain("<img");
    expect(html).toContain("&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;.json on");
    expect(html).not.toMatch(/<script|https?:/);
    expect(html.match(/<rect [^>]*><title>/g)).toHaveLength(TRIALS);
  });

  test("sweeps several strategies over several files, one table of the best", async () => {
    const other = join(ROOT, "fixtures/rules/ema_crossover_params.json");
    const named = join(folder, "again.json");
    writeFileSync(named, readFileSync(other));
    const args = [
      "--data",
      DAILY,
      "--data",
      HOURLY,
      "--param",
      "fast=5,10",
      "--threads",
      "1",
      "--json",
    ];
    const { out } = await swymc("sweep", RULES, named, ...args);
    const { trials, top } = JSON.parse(out);
    expect(trials).toBe(8);
    const keys = top.map((one: { strategy: string; source: string; params: object }) =>
      JSON.stringify([one.strategy, one.source, one.params]),
    );
    expect(new Set(keys).size).toBe(8);
  });
});
