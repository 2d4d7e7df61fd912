import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cliDocs } from "../../scripts/cli-docs.ts";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { ROOT } from "../source-tree.ts";

const page = readFileSync(join(ROOT, "docs/cli.md"), "utf8");

test("docs/cli.md is what `npm run docs` makes of the definitions", () => {
  expect(page).toBe(cliDocs());
});

test("the table of exit codes has every code once", () => {
  const codes = [...page.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
  expect(codes).toEqual(Object.values(EXIT_CODES).map(({ code }) => code));
});

test("the help of every command has an example", () => {
  const sections = page.split(/^## /m).filter((section) => section.startsWith("swymc "));
  expect(sections.length).toBeGreaterThan(20);
  const without = sections.filter((section) => !/^Examples?:$/m.test(section));
  expect(without.map((section) => section.split("\n")[0])).toEqual([]);
});
