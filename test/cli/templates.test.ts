import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TEMPLATES } from "../../src/cli/template-documents.ts";
import { compile } from "../../src/index.ts";
import { ROOT } from "../source-tree.ts";
import { swymc } from "./run.ts";

/** In fixtures/rules for tests and docs alone. */
const NO_TEMPLATES = ["ema_crossover", "paper_run"];

describe("swymc templates", () => {
  test("offers every document of fixtures/rules, once", () => {
    const files = readdirSync(join(ROOT, "fixtures/rules")).map((f) => f.replace(".json", ""));
    const offered = TEMPLATES.map((one) => one.name);
    expect([...offered, ...NO_TEMPLATES].sort()).toEqual(files.sort());
  });

  test("lists names and what they do", async () => {
    const { out } = await swymc("templates");
    expect(out.trimEnd().split("\n")).toHaveLength(TEMPLATES.length);
    expect(out).toMatch(/^price-sma-cross-long-fast +the same with SMA \(9\): long$/m);
    const { out: json } = await swymc("templates", "--json");
    expect(JSON.parse(json)[0].name).toBe("ma_crossover");
  });

  test.each(TEMPLATES.map((one) => one.name))(
    "prints %s as a document without faults",
    async (name) => {
      const { out, code } = await swymc("templates", name);
      expect(code).toBe(0);
      const { program, diagnostics } = compile(out);
      expect(diagnostics).toEqual([]);
      expect(program).toBeDefined();
    },
  );

  test("says what was probably meant", async () => {
    const { err, code } = await swymc("templates", "momentun");
    expect(code).toBe(1);
    expect(err).toContain('did you mean "momentum"?');
  });
});
