import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";

const EXAMPLE = "examples/research.ts";

test("the example of the README goes from DuckDB to trades by group", () => {
  const tsx = join(ROOT, "node_modules/.bin/tsx");
  const printed = execFileSync(tsx, [EXAMPLE], { cwd: ROOT, encoding: "utf8" });
  expect(printed).toContain("2160 bars stored");
  expect(printed).toMatch(/ema_21.*rsi_14/);
  expect(printed).toMatch(/return -?\d+\.\d\d %/);
  expect(printed).toMatch(/week 1 +│ +\d+ +│/);
  expect(printed).not.toMatch(/\bNaN\b|undefined/);
});

test("the README shows it as it is", () => {
  const code = readFileSync(join(ROOT, EXAMPLE), "utf8");
  const body = code.slice(code.indexOf("import "));
  expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(body);
});
