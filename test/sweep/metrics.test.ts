import { readFileSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { planSweep } from "../../src/sweep/plan-sweep.ts";
import { runSweep } from "../../src/sweep/run-sweep.ts";
import { sweep, sweepTable } from "../../src/sweep/sweep.ts";
import { DAILY, rules, swymc, temporaryFile } from "../cli/run.ts";

const RULES = rules("ema_crossover_params");
const { program } = compile(JSON.parse(readFileSync(RULES, "utf8")));
const SPACE = { params: { fast: [2, 3, 5], slow: [10, 30] } };
const FLAGS = ["--param", "fast=2,3,5", "--param", "slow=10,30", "--data", DAILY];
const METRICS = ["trades", "max_drawdown", "sharpe"] as const;

async function rowsOf(options: Parameters<typeof sweep>[3]) {
  const rows = [];
  for await (const row of sweep(program!, DAILY, SPACE, options)) rows.push(row);
  return rows;
}

test.each(["auto", "js", "reference"] as const)(
  "rows of some metrics are those columns of all rows, bit for bit (%s)",
  async (engine) => {
    const [all, some] = [await rowsOf({ engine }), await rowsOf({ engine, metrics: METRICS })];
    expect(all.every(({ metrics }) => Object.keys(metrics).length === 26)).toBe(true);
    some.forEach(({ metrics, state }, k) => {
      const { sharpe, max_drawdown, trades } = all[k]!.metrics;
      expect(metrics).toStrictEqual({ sharpe, max_drawdown, trades });
      expect(state).toBe(all[k]!.state);
    });
  },
);

test("the objective is among them, whatever is asked for", async () => {
  const rows = await rowsOf({ metrics: [], objective: "total_return / max_drawdown" });
  expect(Object.keys(rows[0]!.metrics)).toEqual(["total_return", "max_drawdown"]);
});

test("tables and files have only these columns", async () => {
  const table = await sweepTable(program!, DAILY, SPACE, { metrics: ["trades"] });
  const names = table.schema.fields.map(({ name }) => name);
  expect(names.slice(names.indexOf("window"))).toEqual(["window", "sharpe", "trades", "state"]);
  const [csv, arrow] = [temporaryFile("some.csv", ""), temporaryFile("some.arrow", "")];
  for (const out of [csv, arrow]) {
    const { code } = await swymc("sweep", RULES, ...FLAGS, "--metrics", "trades", "--out", out);
    expect(code).toBe(0);
  }
  const lines = readFileSync(csv, "utf8").trimEnd().split("\n");
  expect(lines[0]).toMatch(/,window,sharpe,trades,state$/);
  const written = tableFromIPC(readFileSync(arrow));
  expect(written.schema.fields.map(({ name }) => name)).toEqual(names);
  expect([...written.getChild("sharpe")!]).toEqual([...table.getChild("sharpe")!]);
  const shown = await swymc("sweep", "show", csv, "--row", "2", "--json");
  expect(JSON.parse(shown.out).metrics.trades).toBe(Number(lines[2]!.split(",").at(-2)));
});

test("a name that is none is refused with a suggestion, all of them at once", async () => {
  const { code, err } = await swymc("sweep", RULES, ...FLAGS, "--metrics", "sharp,trades,returns");
  expect(code).toBe(1);
  expect(err).toContain('there is no metric "sharp"');
  expect(err).toContain('did you mean "sharpe"?');
  expect(err).toContain('there is no metric "returns"');
});

test("a page needs all of them", async () => {
  const report = ["--report", temporaryFile("some.html", "")];
  const { code, err } = await swymc("sweep", RULES, ...FLAGS, "--metrics", "trades", ...report);
  expect(code).toBe(1);
  expect(err).toContain("no --report beside it");
});

test("a sweep does not go on with another list", async () => {
  const out = `${temporaryFile("resumed", "")}.csv`;
  const planOf = (metrics: readonly string[] | undefined) =>
    planSweep({
      strategies: [{ program: program!, name: "0" }],
      ...{ sources: [DAILY], ...SPACE, metrics },
    });
  const stop = new AbortController();
  const common = { threads: 1, out, top: 0, heat: null, command: null, batch: 2 };
  const onProgress = () => stop.abort();
  const first = await planOf(["trades"]);
  await runSweep(first, { ...common, resume: false, signal: stop.signal, onProgress });
  const refused = runSweep(await planOf(undefined), { ...common, resume: true });
  await expect(refused).rejects.toThrow("the list of metrics was sharpe, trades and is all");
  const second = await runSweep(await planOf(["trades"]), { ...common, resume: true });
  expect(second).toMatchObject({ trials: 6, complete: true, stored: 2 });
});
