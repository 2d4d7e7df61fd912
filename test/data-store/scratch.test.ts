import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeScratch } from "../../src/data/store/scratch.ts";
import { workspace } from "./workspace.ts";

const folder = workspace();
const before = process.env["TMPDIR"];
beforeAll(() => {
  process.env["TMPDIR"] = folder;
});
afterAll(() => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
});

/** The id of a process that has ended. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;

function left(name: string, owner: object | null): string {
  const path = join(folder, `swymc-scratch-${name}`);
  mkdirSync(path);
  writeFileSync(join(path, "copy-1"), "bytes");
  if (owner !== null) writeFileSync(join(path, "owner.json"), JSON.stringify(owner));
  return path;
}

test("a folder of a process that is gone goes, and no other", () => {
  const own = makeScratch();
  const { pid, world } = JSON.parse(readFileSync(join(own, "owner.json"), "utf8"));
  expect(pid).toBe(process.pid);
  const stale = left("aaaaaa", { pid: gone, world });
  const kept = [
    own,
    left("bbbbbb", { pid: process.ppid, world }),
    left("cccccc", { pid: gone, world: `${world} of another container` }),
    left("dddddd", null),
    left("eeeeee", { pid: "1", world }),
    left("longer-name", { pid: gone, world }),
  ];
  const aim = join(folder, "aim");
  mkdirSync(aim);
  writeFileSync(join(aim, "owner.json"), JSON.stringify({ pid: gone, world }));
  symlinkSync(aim, join(folder, "swymc-scratch-ffffff"));
  kept.push(makeScratch(), aim);
  expect(existsSync(stale)).toBe(false);
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
});
