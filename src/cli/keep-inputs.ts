import { statSync } from "node:fs";
import { fail } from "../diagnostics/index.ts";

type Paths = readonly (string | undefined)[];

/** Fails where a command would write over a file that it reads, by this name or another one. */
export function keepInputs(inputs: Paths, outputs: Paths): void {
  const read = new Set(inputs.map(identityOf));
  for (const path of outputs) {
    const written = identityOf(path);
    if (written !== null && read.has(written)) fail("output_is_input", { path: path! });
  }
}

/** Names the file behind all its paths; null where there is none, such as for a server or standard input. */
function identityOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found?.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
