import { copyFileSync, linkSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAILY, rules, swymc, temporaryFolder } from "./run.ts";

/** A strategy and bars that a command may lose, and other names of the bars. */
function files() {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  copyFileSync(rules("ema_crossover_params"), at("rules.json"));
  copyFileSync(DAILY, at("bars.csv"));
  symlinkSync("bars.csv", at("link.csv"));
  linkSync(at("bars.csv"), at("hard.csv"));
  return { rules: at("rules.json"), bars: at("bars.csv"), at };
}

test.each([
  ["sweep", "bars.csv", ["--param", "fast=2..3", "--out"]],
  ["sweep", "link.csv", ["--param", "fast=2..3", "--out"]],
  ["sweep", "hard.csv", ["--param", "fast=2..3", "--out"]],
  ["backtest", "bars.csv", ["--trades"]],
  ["backtest", "rules.json", ["--report"]],
  ["portfolio", "bars.csv", ["--symbols", "AAA", "--equity"]],
  ["walkforward", "bars.csv", ["--param", "fast=2..3", "--equity"]],
] as const)("%s does not write %s over what it reads", async (command, name, options) => {
  const given = files();
  const before = [readFileSync(given.rules, "utf8"), readFileSync(given.bars, "utf8")];
  const data = ["--data", given.bars, ...options, given.at(name)];
  const { code, err } = await swymc(command, given.rules, ...data);
  expect(code).toBe(1);
  expect(err).toContain("error[output_is_input]");
  expect(err).toContain(`cannot write ${given.at(name)}: this command reads it`);
  expect([readFileSync(given.rules, "utf8"), readFileSync(given.bars, "utf8")]).toEqual(before);
});

test("compile does not write the module over the rules", async () => {
  const given = files();
  const { code, err } = await swymc("compile", given.rules, "-o", given.rules);
  expect(code).toBe(1);
  expect(err).toContain("error[output_is_input]");
});

test("results written before are written anew", async () => {
  const given = files();
  const command = ["sweep", given.rules, "--data", given.bars, "--param", "fast=2..3"];
  for (let run = 0; run < 2; run++)
    expect((await swymc(...command, "--out", given.at("results.csv"))).code).toBe(0);
});
