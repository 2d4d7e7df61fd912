import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import { defineData } from "../../src/cli/data.ts";
import { INTERVAL_NAMES } from "../../src/vector/interval.ts";
import { HOURLY, swymc, temporaryFolder } from "../cli/run.ts";

const folder = temporaryFolder();
const db = join(folder, "market.duckdb");
const names = ["--exchange", "demo", "--symbol", "SYN", "--interval", "1h"];

beforeAll(async () => {
  const stored = await swymc("data", "import", HOURLY, "--db", db, ...names, "--quiet");
  expect(stored.code, stored.err).toBe(0);
});

describe("options of the data commands", () => {
  const program = new Command();
  defineData(program, {} as Context);
  const [data] = program.commands;
  const visible = data.commands.flatMap((command) =>
    command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({ command, option })),
  );

  it.each([
    ["--symbols", "--symbols <LIST>"],
    ["--symbol", "--symbol <NAME>"],
    ["--interval", "--interval <INTERVAL>"],
    ["--from", "--from <TIME>"],
    ["--db", "--db <FILE>"],
  ])("%s is written alike everywhere", (long, flags) => {
    const found = visible.filter(({ option }) => option.long === long);
    expect(found.length).toBeGreaterThan(1);
    for (const { option } of found) expect(option.flags).toBe(flags);
  });

  it("--interval takes the intervals that there are", () => {
    for (const { option, command } of visible) {
      if (option.long !== "--interval") continue;
      expect(option.argChoices, command.name()).toEqual(INTERVAL_NAMES);
    }
  });

  it("former names do the same and are not listed", async () => {
    const written = async (name: string, ...args: readonly string[]) => {
      const out = join(folder, name);
      const ran = await swymc("data", ...args, "--db", db, "--out", out);
      expect(ran.code, ran.err).toBe(0);
      return readFileSync(out, "utf8");
    };
    expect(await written("a.csv", "export", "--symbol", "SYN")).toBe(
      await written("b.csv", "export", "--symbols", "SYN"),
    );
    const resample = ["resample", "--symbol", "SYN", "--to", "4h"];
    expect(
      await written("c.csv", ...resample, "--from-interval", "1h", "--from", "2024-01-10"),
    ).toBe(await written("d.csv", ...resample, "--interval", "1h", "--since", "2024-01-10"));
    const longs = visible.map(({ command, option }) => `${command.name()} ${option.long}`);
    expect(longs).not.toContain("resample --from-interval");
    expect(longs).not.toContain("export --symbol");
  });

  it("a value that an option does not have is refused under its former name too", async () => {
    const args = ["--db", db, "--to", "4h", "--from-interval", "7h"];
    expect((await swymc("data", "resample", ...args)).err).toContain("--from-interval");
  });

  it("check refuses series that are not there", async () => {
    const wrong = await swymc("data", "check", "--db", db, "--symbols", "SYM");
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('no symbol "SYM"; known: SYN');
    const other = await swymc("data", "check", "--db", db, "--symbols", "SYN", "--interval", "5m");
    expect(other.err).toContain("(asked for SYN 5m)");
    const right = await swymc("data", "check", "--db", db, "--symbol", "SYN", "--json");
    expect(JSON.parse(right.out)).toMatchObject({ bars: expect.any(Number) });
  });

  it("import of files refuses the flags of PostgreSQL", async () => {
    const into = ["data", "import", HOURLY, "--db", join(folder, "other.duckdb"), ...names];
    const { code, err } = await swymc(...into, "--from", "2024-01-01");
    expect(code).toBe(1);
    expect(err).toContain("--from 2024-01-01: expected --postgres beside it");
  });

  it("import names all that a source leaves untold at once", async () => {
    const { err } = await swymc("data", "import", HOURLY, "--db", join(folder, "third.duckdb"));
    for (const name of ["exchange", "symbol", "interval"]) expect(err).toContain(`--${name}`);
  });

  it("fetch takes --product of archives and one of --products of an exchange", async () => {
    const asked = ["--symbol", "BTCUSDT", "--interval", "1h", "--from", "2024-01-01"];
    const fetched = ["data", "fetch", "--db", join(folder, "fetched.duckdb"), ...asked];
    const several = await swymc(...fetched, "--exchange", "binance", "--products", "um,cm");
    expect(several.err).toContain("--products um,cm: expected one product at a time");
    const unknown = await swymc(...fetched, "binance-public", "--product", "swap");
    expect(unknown.err).toContain("--product swap: expected one of spot, um, cm");
  });
});
