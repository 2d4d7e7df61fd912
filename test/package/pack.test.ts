import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, test } from "vitest";
import { BUNDLED_PACKAGES } from "../../scripts/bundled-packages.ts";
import { ROOT } from "../source-tree.ts";
import { CLI, manifest, promisedFiles } from "./dist.ts";

test.each(promisedFiles())("the build makes %s", (file) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
});

test("the command is a Node script that may be run", () => {
  expect(readFileSync(CLI, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(statSync(CLI).mode & 0o111).not.toBe(0);
});

test.each(BUNDLED_PACKAGES)("%s is part of the build", (name) => {
  const built = readdirSync(join(ROOT, "dist"), { recursive: true, encoding: "utf8" });
  const loads = new RegExp(`(?:from |import\\(|require\\()["']${name}["']`);
  const loading = built.filter(
    (file) => /\.c?js$/.test(file) && loads.test(readFileSync(join(ROOT, "dist", file), "utf8")),
  );
  expect(loading).toEqual([]);
});

test.each(BUNDLED_PACKAGES)("the licence of %s comes with the build", (name) => {
  const licences = readFileSync(join(ROOT, "dist", "THIRD_PARTY_LICENSES.txt"), "utf8");
  expect(licences).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, "m"));
});

describe("the tarball", () => {
  let files: string[];
  beforeAll(() => {
    const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    files = JSON.parse(listing)[0].files.map(({ path }: { path: string }) => path);
  });

  test("holds everything that the manifest promises", () => {
    expect(files).toEqual(expect.arrayContaining(promisedFiles().map((path) => path.slice(2))));
  });

  test("holds nothing else than build, schemas, docs, templates and the usual papers", () => {
    const papers = ["LICENSE", "README.md", "CHANGELOG.md", "package.json"];
    const strange = files.filter(
      (path) => !/^(dist|schemas|docs|fixtures\/rules)\//.test(path) && !papers.includes(path),
    );
    expect(strange).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(papers));
  });
});

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: ROOT, strict: true, pack: "npm" });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("the types are right for every way to import it (are-the-types-wrong)", () => {
  const attw = join(ROOT, "node_modules/.bin/attw");
  const run = () =>
    execFileSync(attw, ["--pack", ROOT, "--profile", "node16", "--format", "json"], {
      cwd: ROOT,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  const { analysis } = JSON.parse(run());
  expect(Object.keys(analysis.entrypoints).sort()).toEqual(Object.keys(manifest.exports).sort());
  // TypeScript's resolution of before 2022 knows no exports field; nothing to be done for subpaths there.
  const today = (one: { resolutionKind?: string }) => one.resolutionKind !== "node10";
  expect(analysis.problems.filter(today)).toEqual([]);
});
