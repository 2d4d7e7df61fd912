import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileWhole } from "./write-file.ts";

const folder = () => mkdtempSync(join(tmpdir(), "swymc-write-"));

test("replaces a file and leaves nothing beside it", () => {
  const at = folder();
  const path = join(at, "trades.csv");
  writeFileSync(path, "old");
  writeFileWhole(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(at)).toEqual(["trades.csv"]);
});

test("writes through a symbolic link instead of replacing it", () => {
  const at = folder();
  writeFileSync(join(at, "target.csv"), "old");
  symlinkSync(join(at, "target.csv"), join(at, "link.csv"));
  writeFileWhole(join(at, "link.csv"), "new");
  expect(readFileSync(join(at, "target.csv"), "utf8")).toBe("new");
});

test("names the file and the reason when it cannot be written", () => {
  const path = join(folder(), "missing", "trades.csv");
  expect(() => writeFileWhole(path, "x")).toThrow(
    `cannot write ${path}: its folder does not exist`,
  );
});
