import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { signedPercent } from "../../src/report/format.ts";
import { ROOT } from "../source-tree.ts";
import { HOURLY, rules, swymc, temporaryFile, temporaryFolder } from "./run.ts";

const EMA = rules("ema_crossover");
const read = (name: string) => JSON.parse(readFileSync(join(ROOT, "schemas", name), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
for (const format of ["date-time", "uuid"]) ajv.addFormat(format, true);
const schema = read("portfolio-result.schema.json");
const validate = ajv.compile(schema);

let market: string;
let second: string;
/** Two symbols in one file; the second begins later and at another price. */
beforeAll(() => {
  const [head, ...lines] = readFileSync(HOURLY, "utf8").trim().split("\n");
  const shifted = lines.slice(200, 1800);
  market = temporaryFile(
    "market.csv",
    [
      `symbol,${head}`,
      ...lines.map((line) => `AAA,${line}`),
      ...shifted.map((line) => `B=F,${line}`),
    ].join("\n"),
  );
  second = temporaryFile("second.csv", [head, ...shifted].join("\n"));
});

async function json(...args: readonly string[]) {
  const { code, out, err } = await swymc("portfolio", ...args, "--json");
  const result = JSON.parse(out);
  expect(validate(result), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return { code, err, result };
}

describe("swymc portfolio", () => {
  test("prints the account, and a line per symbol", async () => {
    const { code, out } = await swymc(
      ...["portfolio", EMA, "--data", market, "--symbols", "AAA,B=F", "--commission", "0.1"],
    );
    expect(code).toBe(0);
    expect(out).toContain("warning: B=F has no bars after");
    expect(out).toContain("ema_crossover.json on 2 symbols\n1h · 2,160 bars · 2024-01-01 00:00");
    expect(out).toMatch(/symbol +bars +trades +won +profit +contribution +commission/);
    expect(out).toMatch(/\n {2}AAA +2,160 +28 +25\.00 % /);
    expect(out).toMatch(/\n {2}B=F +1,600 /);
    expect(out).toContain("exits first, then in the order of symbols");
  });

  test("--json has every key of the schema; one source equals one file per symbol", async () => {
    const one = await json(EMA, "--data", market, "--symbols", "AAA,B=F", "--spread-bps", "4");
    const files = await json(
      ...[EMA, "--data", HOURLY, "--data", second, "--symbols", "AAA,B=F", "--spread-bps", "4"],
    );
    expect(one.code).toBe(0);
    expect(one.result.metrics).toEqual(files.result.metrics);
    expect(one.result.trades).toEqual(files.result.trades);
    expect(one.result.settings).toMatchObject({ fill_order: "exits_first", cash: 10_000 });
    expect(one.result.costs.spread).toBeGreaterThan(0);
  });

  test("--rules gives a symbol its own, even without a strategy for all", async () => {
    const own = ["--rules", `B=F=${rules("rsi_reversal")}`];
    const args = ["--data", market, "--symbols", "AAA,B=F"];
    const mixed = await json(EMA, ...args, ...own);
    const [first, other] = mixed.result.symbols;
    expect(first.strategy_id).not.toBe(other.strategy_id);
    const all = await json(...args, "--rules", `AAA=${EMA}`, ...own);
    expect(all.result).toEqual(mixed.result);
  });

  test("the order of symbols decides who is paid", async () => {
    const all = temporaryFile("all.json", {
      type: "rule_based",
      candle_interval: "1h",
      rules: [
        {
          when: { kind: "position", state: "flat" },
          then: { side: "buy", size: { percent_of_equity: 100 } },
        },
      ],
    });
    const [a, b] = ["AAA,B=F", "B=F,AAA"].map((symbols) =>
      json(all, "--data", HOURLY, "--data", HOURLY, "--symbols", symbols),
    );
    expect((await a).result.trades.map((t: { symbol: string }) => t.symbol)).toEqual(["AAA"]);
    expect((await b).result.trades.map((t: { symbol: string }) => t.symbol)).toEqual(["B=F"]);
    expect((await a).result.rejections.orders[0]).toMatchObject({ symbol: "B=F", reason: "cash" });
  });

  test("--trades and --equity write tables", async () => {
    const folder = temporaryFolder();
    const [trades, equity] = [join(folder, "trades.csv"), join(folder, "equity.csv")];
    const { result } = await json(
      ...[EMA, "--data", market, "--symbols", "AAA,B=F", "--trades", trades, "--equity", equity],
    );
    const rows = readFileSync(trades, "utf8").trim().split("\n");
    expect(rows[0]).toMatch(/^symbol,side,quantity,entry_signal_time,/);
    expect(rows).toHaveLength(1 + result.trades.length);
    const marks = readFileSync(equity, "utf8").trim().split("\n");
    expect(marks[0]).toBe("time,equity,benchmark");
    expect(Number(marks.at(-1)!.split(",")[1])).toBe(result.metrics.final_equity);
  });

  test("a symbol that is not there is a state, with those that are", async () => {
    const { code, result } = await json(EMA, "--data", market, "--symbols", "AAA,BBB");
    expect(code).toBe(1);
    expect(result).toMatchObject({ state: "symbol_not_found", metrics: null, symbols: [] });
    expect(result.available.map((s: { symbol: string }) => s.symbol)).toEqual(["AAA", "B=F"]);
  });

  test.each([
    [
      "one unnamed series for several",
      [EMA, "--data", HOURLY, "--symbols", "A,B"],
      "portfolio_one_series",
    ],
    [
      "more sources than symbols",
      [EMA, "--data", HOURLY, "--data", HOURLY, "--symbols", "A"],
      "portfolio_sources",
    ],
    [
      "rules of a stranger",
      [EMA, "--data", HOURLY, "--symbols", "A", "--rules", "B=x"],
      "portfolio_rules_symbol",
    ],
    ["no rules", ["--data", HOURLY, "--symbols", "A"], "portfolio_without_rules"],
    ["no symbol", [EMA, "--data", HOURLY, "--symbols", ","], "portfolio_empty"],
    [
      "a symbol twice",
      [EMA, "--data", HOURLY, "--data", HOURLY, "--symbols", "A,A"],
      "portfolio_repeated",
    ],
  ])("refuses %s", async (_, args, code) => {
    const ran = await swymc("portfolio", ...args);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(code);
  });

  test("--report writes a page of the account", async () => {
    const page = join(temporaryFolder(), "account.html");
    const args = [EMA, "--data", market, "--symbols", "AAA,B=F", "--report", page, "--trials", "9"];
    const { result } = await json(...args);
    const html = readFileSync(page, "utf8");
    const found = /id="report-data">(.*?)<\/script>/s.exec(html)![1]!;
    const data = JSON.parse(found);
    expect(data.symbols.names).toEqual(["AAA", "B=F"]);
    expect(data.symbols.rows).toHaveLength(3);
    expect(data.sides).toEqual([{ title: "All", metrics: result.metrics }]);
    const column = (name: string) =>
      data.columns.find((one: { name: string }) => one.name === name).length;
    expect(column("trade.symbol")).toBe(result.trades.length);
    expect(column("equity")).toBe(result.dataset.bars);
    expect(column("benchmark")).toBe(result.dataset.bars);
    expect(data.verdict[1].meaning).toContain("9 trials");
    const held = data.benchmark.rows.find(
      ({ title }: { title: string }) => title === "Return of the benchmark",
    );
    expect(held.value).toBe(signedPercent(result.metrics.buy_and_hold_return));
  });

  test("--snapshot keeps what was read, from which the same account comes", async () => {
    const [snapshot, named] = [join(temporaryFolder(), "kept.duckdb"), ["--symbols", "AAA,B=F"]];
    const asked = [EMA, "--data", market, ...named];
    const before = await json(...asked, "--exchange", "x", "--snapshot", snapshot);
    const after = await json(EMA, "--data", snapshot, ...named);
    expect(after.result.metrics).toEqual(before.result.metrics);
    expect(after.result.trades).toEqual(before.result.trades);
  });

  test("borrows for all symbols together", async () => {
    const asked = ["--cash", "30", "--leverage", "2", "--maintenance-margin", "20"];
    const { code, result } = await json(EMA, "--data", market, "--symbols", "AAA,B=F", ...asked);
    expect(code).toBe(0);
    expect(result.settings.execution).toMatchObject({ leverage: 2, maintenance_margin: 0.2 });
    expect(result.costs.margin_calls).toEqual(expect.any(Number));
  });

  test("refuses scripts", async () => {
    const script = temporaryFile(
      "s.pine",
      "//@version=5\nstrategy('x')\nstrategy.entry('a', strategy.long)\n",
    );
    const ran = await swymc("portfolio", script, "--data", HOURLY, "--symbols", "A");
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("portfolio_script")]);
  });
});

describe("the schema of its result", () => {
  const { $defs: ours } = schema;
  const { $defs: theirs } = read("backtest-result.schema.json");

  test("shares the definitions of a backtest's", () => {
    for (const name of [
      "error",
      "dataset",
      "execution",
      "costs",
      "metrics",
      "series",
      "diagnostic",
    ])
      expect(ours[name]).toEqual(theirs[name]);
    for (const name of ["trade", "rejection", "pending_order"]) {
      const { symbol, ...properties } = ours[name].properties;
      expect(symbol.type).toBe("string");
      expect(properties).toEqual(theirs[name].properties);
      expect(ours[name].required).toEqual(["symbol", ...theirs[name].required]);
    }
    const { fill_order, ...settings } = ours.settings.properties;
    expect(fill_order.const).toBe("exits_first");
    expect(theirs.settings.properties).toMatchObject(settings);
  });

  test("requires every key and allows no other", () => {
    for (const [name, { properties, required, additionalProperties }] of Object.entries<{
      properties?: object;
      required?: string[];
      additionalProperties?: boolean;
    }>(ours)) {
      if (name === "diagnostic" || properties === undefined) continue;
      expect([name, additionalProperties, required]).toEqual([
        name,
        false,
        Object.keys(properties),
      ]);
    }
  });
});
