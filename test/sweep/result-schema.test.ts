import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { METRICS } from "../../src/stats/index.ts";
import { INTERVAL_NAMES } from "../../src/vector/index.ts";
import { DAILY, rules, swymc, temporaryFile } from "../cli/run.ts";
import { ROOT } from "../source-tree.ts";

const schema = JSON.parse(readFileSync(join(ROOT, "schemas/sweep-result.schema.json"), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
for (const format of ["date-time", "uuid"]) ajv.addFormat(format, true);
ajv.addSchema(schema);
const { $defs } = schema;

/** Runs a sweep with --json, and holds its object to one definition of the schema. */
async function checked(definition: string, ...args: string[]) {
  const { code, out, err } = await swymc("sweep", ...args, "--threads", "1", "--json");
  const object = JSON.parse(out);
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${definition}`)!;
  expect(validate(object), JSON.stringify(validate.errors)).toBe(true);
  const whole = ajv.getSchema(schema.$id)!;
  expect(whole(object), JSON.stringify(whole.errors)).toBe(true);
  return { code, object, err };
}

const RULES = rules("ema_crossover_params");
const SPACE = ["--param", "fast=2,3", "--param", "slow=10,400..410:5"];

test("a result has every key of the schema and no other", async () => {
  const { code, object } = await checked("result", RULES, "--data", DAILY, "--param", "fast=2,3");
  expect(code).toBe(0);
  expect(object).toMatchObject({ heatmap: null, out: null, samples: null, seed: null, stored: 0 });
});

test("so have a halving with windows and a heat map, and random samples of a script", async () => {
  const halving = ["--search", "halving", "--windows", "2022..2023/1y", "--heatmap"];
  const space = ["--param", "fast=2..6", "--param", "slow=10..30:5"];
  const { object } = await checked("result", RULES, "--data", DAILY, ...space, ...halving);
  expect(object.heatmap.x.values).toEqual([2, 3, 4, 5, 6]);
  expect(object.top[0]).toMatchObject({ rung: 3 });
  const script = temporaryFile(
    "cross.pine",
    `//@version=6
strategy("cross")
fast = input.int(5, minval = 2, maxval = 9)
src = input.source(close)
if ta.crossover(ta.sma(src, fast), ta.sma(src, 20))
    strategy.entry("long", strategy.long)
if ta.crossunder(ta.sma(src, fast), ta.sma(src, 20))
    strategy.close("long")
`,
  );
  const random = ["--search", "random", "--samples", "3", "--seed", "7"];
  const sampled = ["--param", "fast", "--param", "src=close,hl2", ...random];
  const ran = await checked("result", script, "--data", DAILY, ...sampled);
  expect(ran.object).toMatchObject({ samples: 3, seed: 7, trials: 3 });
});

test("has only the metrics that are asked for, and that of the objective", async () => {
  const asked = ["--metrics", "trades,total_return", "--objective", "calmar"];
  const space = ["--data", DAILY, "--param", "fast=2,3"];
  const { object } = await checked("result", RULES, ...space, ...asked);
  expect(Object.keys(object.top[0].metrics)).toEqual(["total_return", "calmar", "trades"]);
});

test("so have trials without trades and an objective that is undefined for all", async () => {
  const never = JSON.parse(readFileSync(RULES, "utf8"));
  never.rules[0].when.conditions.push({ kind: "position", state: "long" });
  const { object } = await checked(
    "result",
    ...[temporaryFile("never.json", never), "--data", DAILY, "--param", "fast=2,3"],
    ...["--objective", "win_rate"],
  );
  expect(object).toMatchObject({ top: [], without_trades: 2 });
  expect(Object.values(object.quantiles)).toEqual(new Array(7).fill(null));
});

test("--explain and errors have their own objects", async () => {
  const plan = await checked(
    "explanation",
    RULES,
    "--data",
    DAILY,
    "--explain",
    ...SPACE.slice(0, 2),
  );
  expect(plan.object).toMatchObject({ trials: 2, exact: true });
  const wrong = await checked("error", RULES, "--data", DAILY, ...SPACE);
  expect(wrong.code).toBe(1);
});

test("lists the metrics and intervals of the code, and shares what a backtest has", () => {
  expect(Object.keys($defs.metrics.properties)).toEqual(METRICS.map(({ name }) => name));
  expect($defs.trial.properties.interval.enum).toEqual([...INTERVAL_NAMES, null]);
  const path = join(ROOT, "schemas/backtest-result.schema.json");
  const { $defs: theirs } = JSON.parse(readFileSync(path, "utf8"));
  for (const name of ["error", "diagnostic"]) expect($defs[name]).toEqual(theirs[name]);
  for (const { name } of METRICS) {
    const { type: _, ...own } = $defs.metrics.properties[name];
    const { type: __, ...other } = theirs.metrics.properties[name];
    expect(own, name).toEqual(other);
  }
});

test("gives every property a title and a description, and requires every key but the metrics that --metrics leaves out", () => {
  for (const [name, { properties, required, type }] of Object.entries<Record<string, never>>(
    $defs,
  )) {
    if (type !== ("object" as never) || name === "diagnostic") continue;
    expect(name === "metrics" ? undefined : Object.keys(properties), name).toEqual(required);
    for (const [key, each] of Object.entries<{
      title?: string;
      description?: string;
      $ref?: string;
    }>(properties)) {
      expect(each.$ref ?? (each.title && each.description), `${name}.${key}`).toBeTruthy();
    }
  }
});
