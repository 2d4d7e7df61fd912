import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "swymc-scratch-";
const NAME = /^swymc-scratch-[A-Za-z0-9]{6}$/;
/** Who made a folder. A process id means nothing on another host or in another container of the same `/tmp`. */
const OWNER = "owner.json";

interface Owner {
  readonly pid: number;
  readonly world: string;
}

/** Makes a folder for the files of one open store, and removes those that killed processes left behind. */
export function makeScratch(): string {
  removeStale();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  const owner: Owner = { pid: process.pid, world: world() };
  writeFileSync(join(folder, OWNER), JSON.stringify(owner));
  return folder;
}

/** Only folders that say who made them go: this user's, of this host and container, of a process that is gone. */
function removeStale(): void {
  for (const name of entriesOf(tmpdir())) {
    if (!NAME.test(name)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (isStale(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process may be removing it too, or may not have written its owner yet.
    }
  }
}

function isStale(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return false;
  const owner = JSON.parse(readFileSync(join(folder, OWNER), "utf8")) as Partial<Owner>;
  if (owner.world !== world() || !Number.isSafeInteger(owner.pid)) return false;
  return !isRunning(Number(owner.pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Where process ids mean the same: the host, and on Linux the namespace of processes. */
function world(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
