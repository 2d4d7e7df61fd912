import { readFileSync } from "node:fs";
import { fail } from "../diagnostics/index.ts";

/** The text of a document; `-` is standard input. */
export function readDocument(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    fail("file_unreadable", {
      path,
      reason: code === "ENOENT" ? "no such file" : (code ?? message),
    });
  }
}

/** How diagnostics name it. */
export function documentName(path: string): string {
  return path === "-" ? "<stdin>" : path;
}
