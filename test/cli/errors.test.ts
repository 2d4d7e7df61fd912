import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HOURLY, rules, swymc, temporaryFile } from "./run.ts";

const EMA = rules("ema_crossover");

function misspelt(): string {
  const text = readFileSync(EMA, "utf8").replace(
    '"kind": "ema_crossover"',
    '"kind": "ema_crosover"',
  );
  return temporaryFile("misspelt.json", text);
}

describe("with --json, what the user got wrong stands on standard output and on standard error", () => {
  test.each([
    ["a document with an error", () => [misspelt(), "--data", HOURLY], "ema_crosover"],
    ["a document that is not there", () => ["none.json", "--data", HOURLY], "none.json"],
    ["data that is not there", () => [EMA, "--data", "none.csv"], "none.csv"],
    ["an unknown parameter", () => [EMA, "--data", HOURLY, "--param", "fats=1"], "fats"],
    ["a date that is none", () => [EMA, "--data", HOURLY, "--from", "2024-13-01"], "2024-13-01"],
    [
      "a reversed range",
      () => [EMA, "--data", HOURLY, "--from", "2024-02-02", "--to", "2024-02-01"],
      "2024-02-02",
    ],
    [
      "a table format that does not exist",
      () => [EMA, "--data", HOURLY, "--trades", "t.xls"],
      ".csv",
    ],
    ["--samples alone", () => [EMA, "--data", HOURLY, "--samples", "9"], "--equity"],
    [
      "an option that does not exist",
      () => [EMA, "--data", HOURLY, "--comission", "1"],
      "--commission",
    ],
    ["an option's value", () => [EMA, "--data", HOURLY, "--cash", "-5"], "above 0"],
    ["an option that is missing", () => [EMA], "--data"],
  ])("%s", async (_, args, mentioned) => {
    const { code, out, err } = await swymc("backtest", ...args(), "--json");
    expect(code).toBe(1);
    expect(err).toContain(mentioned);
    const { state, diagnostics, ...rest } = JSON.parse(out);
    expect(state).toBe("error");
    expect(rest).toEqual({});
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0].severity).toBe("error");
    expect(JSON.stringify(diagnostics)).toContain(mentioned);
  });
});

describe("without --json, standard output stays empty", () => {
  test("an error in the document is shown with a caret frame", async () => {
    const { code, out, err } = await swymc("backtest", misspelt(), "--data", HOURLY);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain('"ema_crosover"');
    expect(err).toContain("^^^^");
    expect(err).toContain('did you mean "ema_crossover"');
  });

  test("an unknown command is met with a suggestion", async () => {
    const { code, out, err } = await swymc("bakctest");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain("Did you mean backtest?");
  });
});

test("a row that cannot be is named, before any work is done", async () => {
  const rows = "time,open,high,low,close,volume\n2024-01-01,1,2,0.5,1,1\n2024-01-02,1,0.5,2,1,1\n";
  const path = temporaryFile("bad.csv", rows);
  const { code, err } = await swymc("backtest", EMA, "--data", path);
  expect(code).toBe(1);
  expect(err).toContain("line 3");
  expect(err).toContain("high is below low");
});

test("control and bidirectional characters of names are shown escaped", async () => {
  const name = "x\u001b[31m\u202e.json";
  const { out, err } = await swymc("check", name);
  expect(out + err).not.toContain("\u001b");
  expect(out + err).not.toContain("\u202e");
  expect(out).toContain("x\\u{1b}[31m\\u{202e}.json");
});
