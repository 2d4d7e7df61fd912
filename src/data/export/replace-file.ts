import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname } from "node:path";
import { fail, SwymcError } from "../../diagnostics/index.ts";

/** Lets `write` fill a file under a temporary name beside `path`; then that is on the disk and takes the name, or nothing has changed. */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await write(temporary);
    synced(temporary);
    renameSync(temporary, target);
    if (process.platform !== "win32") synced(dirname(target));
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary);
    if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
    fail("file_unwritable", {
      path,
      reason: cause.message.split("\n")[0].replaceAll(temporary, path),
    });
  }
}

function synced(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
