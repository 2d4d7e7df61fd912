import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compile, printProgram } from "../src/index.ts";
import { emitElementwise } from "../src/vector/fused.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** A refactor must reproduce these files; a change of them is a change of what users run. */
describe("committed IR and code", async () => {
  const files = (await readdir(new URL("rules/", FIXTURES))).filter((f) => f.endsWith(".json"));
  for (const file of files) {
    const name = file.replace(".json", "");
    it(`of ${name}`, async () => {
      const { program } = compile(await readFile(new URL(`rules/${file}`, FIXTURES), "utf8"));
      const ir = `strategy_id ${program!.strategyId()}\nwarmup ${program!.warmup()}\n${printProgram(program!.ir)}`;
      await expect(ir).toMatchFileSnapshot(new URL(`golden/${name}.ir.txt`, FIXTURES).pathname);
      await expect(emitElementwise(program!.plan)).toMatchFileSnapshot(
        new URL(`golden/${name}.code.txt`, FIXTURES).pathname,
      );
    });
  }
});
