import { randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fail, writeReason } from "../diagnostics/index.ts";

/** Writes the whole file or nothing: under a temporary name beside it, then renamed. */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing && !existing.isFile()) writeFileSync(path, content);
    else replaceFile(existing ? realpathSync(path) : path, content);
  } catch (error) {
    fail("file_unwritable", { path, reason: writeReason(error) });
  }
}

function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, content, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
