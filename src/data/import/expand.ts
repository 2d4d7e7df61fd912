import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail } from "../../diagnostics/index.ts";

/**
 * The files that sources name, sorted within each: a file is itself, a folder everything below it, a pattern with
 * `*` and `?` the files of its folder that fit. A path that exists is never a pattern.
 */
export function expandSources(sources: readonly string[]): string[] {
  const files = sources.flatMap((source) => {
    if (existsSync(source)) return statSync(source).isDirectory() ? below(source) : [source];
    if (!/[*?]/.test(basename(source))) return fail("file_not_found", { path: source });
    const folder = dirname(source);
    if (!existsSync(folder)) return fail("file_not_found", { path: folder });
    const fits = pattern(basename(source));
    const found = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && fits.test(entry.name))
      .map((entry) => join(folder, entry.name))
      .sort();
    return found.length > 0 ? found : fail("import_nothing", { source });
  });
  return [...new Set(files)];
}

function below(folder: string): string[] {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !path.endsWith(".CHECKSUM"))
    .sort();
  return found.length > 0 ? found : fail("import_nothing", { source: folder });
}

function pattern(glob: string): RegExp {
  const source = [...glob].map((char) =>
    char === "*" ? ".*" : char === "?" ? "." : char.replace(/[\\^$+.()|[\]{}]/g, "\\$&"),
  );
  return new RegExp(`^${source.join("")}$`, "s");
}
