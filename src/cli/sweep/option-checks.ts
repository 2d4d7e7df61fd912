import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { diagnose, fail, SwymcError, writeReason } from "../../diagnostics/index.ts";

/** An option of a sweep has a value that it cannot have; null where it has none. */
export function sweepOptionError(
  option: string,
  value: string | null,
  expected: string,
): SwymcError {
  return new SwymcError([diagnose("sweep_option", { option, value, expected })]);
}

/** Fails where a page would not be known as one, before any work is done. */
export function checkReportPath(path: string | undefined): void {
  if (path === undefined || /\.html?$/i.test(path)) return;
  throw sweepOptionError("--report", path, "a file that ends in .html");
}

/**
 * Fails where a file could not be written at the end, before hours are spent on what goes into it: its folder has to be
 * there and writable, because files are written beside their place and renamed.
 */
export function checkWritable(path: string | undefined): void {
  if (path === undefined) return;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) fail("file_unwritable", { path, reason: "it is a folder" });
    if (found) accessSync(path, constants.W_OK);
    const folder = dirname(path);
    if (!found || found.isFile()) accessSync(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof SwymcError) throw error;
    fail("file_unwritable", { path, reason: writeReason(error) });
  }
}
