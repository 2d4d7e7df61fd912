import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isTest, ROOT, type SourceFile, sourceFiles } from "./source-tree.ts";

/** Each folder of src and the folders it may import, as the map of the house style has them. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  ir: ["diagnostics"],
  vector: ["ir", "diagnostics"],
  indicators: ["vector", "ir", "diagnostics"],
  dsl: ["indicators", "vector", "ir", "diagnostics"],
  data: ["danfo", "vector", "diagnostics"],
  // A run ends in its metrics, also inside the self-contained module of `swymc compile`.
  backtest: ["stats", "vector", "diagnostics"],
  stats: [],
  // Only the types of the core of dsl: what is checked there is run here.
  script: ["dsl", "backtest", "stats", "indicators", "vector", "ir", "diagnostics"],
  danfo: ["diagnostics"],
  // Of dsl and script what runs a compiled script, and no parser.
  module: [
    "program",
    "script",
    "backtest",
    "stats",
    "dsl",
    "indicators",
    "vector",
    "ir",
    "diagnostics",
  ],
  // The drivers behind compile() and backtest(): everything that the command line may use too.
  program: [
    "report",
    "script",
    "data",
    "backtest",
    "stats",
    "dsl",
    "indicators",
    "vector",
    "ir",
    "diagnostics",
  ],
  report: ["backtest", "stats", "vector", "diagnostics"],
  // The driver of several symbols on one account, beside that of one.
  portfolio: ["program", "report", "data", "backtest", "stats", "vector", "diagnostics"],
  // Sweeps within sweeps, and what can be said about one: everything that a sweep may use, and it.
  walkforward: ["sweep", "program", "data", "stats", "indicators", "ir", "vector", "diagnostics"],
  validate: ["sweep", "program", "report", "data", "dsl", "stats", "vector", "diagnostics"],
  // Many runs of the drivers' kind: everything that they may use, and the drivers.
  // Kept runs: a record of a backtest in a database.
  runs: ["sweep", "portfolio", "program", "report", "data", "backtest", "stats", "diagnostics"],
  sweep: [
    "program",
    "report",
    "script",
    "data",
    "backtest",
    "stats",
    "dsl",
    "indicators",
    "vector",
    "ir",
    "diagnostics",
  ],
};

/** Where each package belongs, and nowhere else in src. */
const PACKAGE_HOME: Readonly<Record<string, readonly string[]>> = {
  "apache-arrow": [
    "src/data/",
    "src/danfo/",
    "src/program/",
    "src/portfolio/",
    "src/sweep/",
    "src/cli/write-table.ts",
  ],
  "@duckdb/node-api": ["src/data/", "src/sweep/rows/"],
  pg: ["src/data/postgres/"],
  "pg-copy-streams": ["src/data/postgres/"],
  ccxt: ["src/data/fetch/"],
  commander: ["src/cli/"],
  chevrotain: ["src/dsl/text/"],
  yauzl: ["src/data/import/zip.ts"],
  tinypool: ["src/sweep/run/"],
};

const RUNS_ANYWHERE = ["indicators", "vector", "ir", "backtest", "stats", "diagnostics"];

const shipped = sourceFiles("src").filter((file) => !isTest(file));
const folderOf = (path: string) => path.split("/").length > 2 && path.split("/")[1];

function violations(check: (file: SourceFile, target: string) => boolean): string[] {
  return shipped.flatMap((file) =>
    file.imports
      .filter((target) => check(file, target))
      .map((target) => `${file.path} imports ${target}`),
  );
}

describe("the source tree", () => {
  test("has no folders beside those of the map", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
    expect(folders).toEqual([...Object.keys(MAY_IMPORT), "cli"].sort());
  });

  test("imports only along the map", () => {
    const against = violations((file, target) => {
      const from = folderOf(file.path);
      const to = target.startsWith("src/") ? folderOf(target) : from;
      if (from === false || from === "cli" || to === from) return false;
      return to === false || !MAY_IMPORT[from].includes(to);
    });
    expect(against).toEqual([]);
  });

  test("nothing imports the command line", () => {
    expect(
      violations((file, target) => target.startsWith("src/cli/") && folderOf(file.path) !== "cli"),
    ).toEqual([]);
  });

  test("kernels, IR, simulator and statistics import nothing from Node and no package", () => {
    const outside = violations(
      (file, target) =>
        RUNS_ANYWHERE.includes(String(folderOf(file.path))) &&
        !target.startsWith("src/") &&
        target !== "uuid",
    );
    expect(outside).toEqual([]);
  });

  test("generates code at run time in exactly one file", () => {
    const files = shipped.filter(({ text }) => /\bnew Function\s*\(|\beval\s*\(/.test(text));
    expect(files.map((file) => file.path)).toHaveLength(1);
    expect(files[0].path).toMatch(/^src\/vector\//);
  });

  test("exports by name only", () => {
    expect(shipped.filter(({ text }) => /^export default /m.test(text))).toEqual([]);
  });

  test("stands beside the entries that people look for", () => {
    const expected = [
      "package.json",
      "tsconfig.json",
      "src/dsl",
      "src/indicators",
      "src/vector",
      "src/cli",
      "schemas",
      "fixtures",
      "bench",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "CONTRIBUTING.md",
    ];
    expect(expected.filter((entry) => !existsSync(join(ROOT, entry)))).toEqual([]);
  });
});

describe("packages", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  test.each(Object.entries(PACKAGE_HOME))("%s is used in %j and nowhere else", (name, homes) => {
    const users = shipped.filter(({ imports }) => imports.includes(name)).map(({ path }) => path);
    expect(users).not.toEqual([]);
    expect(users.filter((path) => !homes.some((home) => path.startsWith(home)))).toEqual([]);
  });

  test("ajv makes the rule validator at build time", () => {
    const generators = sourceFiles("scripts").filter(({ imports }) =>
      imports.some((name) => name.startsWith("ajv")),
    );
    expect(generators.map(({ path }) => path)).not.toEqual([]);
    expect(existsSync(join(ROOT, "schemas/rules.schema.json"))).toBe(true);
  });

  test("tsup builds; vitest and fast-check test", () => {
    expect(readFileSync(join(ROOT, "tsup.config.ts"), "utf8")).toContain('from "tsup"');
    expect(manifest.scripts.build).toMatch(/\btsup\b/);
    expect(manifest.scripts.test).toMatch(/\bvitest\b/);
    const tests = [...sourceFiles("test"), ...sourceFiles("src").filter(isTest)];
    expect(tests.some(({ imports }) => imports.includes("fast-check"))).toBe(true);
  });

  test("every runtime dependency is imported by what ships", () => {
    const imported = new Set(shipped.flatMap(({ imports }) => imports));
    const generated = readFileSync(join(ROOT, "tsup.config.ts"), "utf8");
    const unused = Object.keys(manifest.dependencies).filter(
      (name) =>
        ![...imported].some((used) => used === name || used.startsWith(`${name}/`)) &&
        !generated.includes(name),
    );
    expect(unused).toEqual([]);
  });
});
