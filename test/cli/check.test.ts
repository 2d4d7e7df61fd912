import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";
import { colored, rules, swymc, temporaryFile } from "./run.ts";

const FIXTURES = readdirSync(join(ROOT, "fixtures/rules")).map((name) => name.replace(".json", ""));

test.each(FIXTURES)("finds nothing wrong with fixtures/rules/%s.json", async (name) => {
  const { code, out, err } = await swymc("check", rules(name));
  expect(code).toBe(0);
  expect(out).toBe("");
  expect(err).toBe("1 file checked, no errors\n");
});

const BAD = { type: "rule_based", rules: [{ when: { kind: "rsi" }, then: { side: "by" } }] };

test("prints every finding of every file, and counts them on standard error", async () => {
  const bad = temporaryFile("bad.json", JSON.stringify(BAD, null, 2));
  const { code, out, err } = await swymc("check", bad, rules("ema_crossover"), "missing.json");
  expect(code).toBe(1);
  expect(out).toContain("bad.json:");
  expect(out).toContain("threshold");
  expect(out).toContain("missing.json");
  expect(err).toMatch(/^3 files checked, \d+ errors\n$/);
});

test("--json holds the same findings, with file, pointer and place", async () => {
  const bad = temporaryFile("bad.json", JSON.stringify(BAD, null, 2));
  const { code, out } = await swymc("check", bad, "--json");
  expect(code).toBe(1);
  const { state, diagnostics } = JSON.parse(out);
  expect(state).toBe("error");
  const side = diagnostics.find((one: { pointer: string }) => one.pointer === "/rules/0/then/side");
  expect(side).toMatchObject({ severity: "error", file: bad, span: { line: 9, column: 17 } });
});

test("--json of documents without errors is ok and empty", async () => {
  const { code, out } = await swymc("check", rules("ema_crossover"), "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ state: "ok", diagnostics: [] });
});

test("colours findings only where the stream wants colours", async () => {
  const bad = temporaryFile("bad.json", BAD);
  expect((await swymc("check", bad)).out).not.toContain("\u001b[");
  expect((await colored(true, "check", bad)).out).toContain("\u001b[");
});
