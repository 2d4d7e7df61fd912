import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Every module it names: project files by path, packages by specifier. */
  readonly imports: readonly string[];
}

// A clause has names, braces and stars only, so that sentences with these words are none.
const SPECIFIER =
  /^[ \t]*(?:import|export)\b[\w$\s,*{}]*\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"'\s]+)["']|\bimport\(\s*\/\*[^*]*\*\/\s*["']([^"']+)["']|\brequire(?:\.resolve)?\(\s*["']([^"']+)["']/gm;

/** The TypeScript files under a folder of the project, tests included. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(read);
}

function read(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  return {
    path: projectPath(file),
    text,
    imports: [...text.matchAll(SPECIFIER)].map((match) => {
      const specifier = match.slice(1).find((group) => group !== undefined)!;
      return specifier.startsWith(".") ? projectPath(resolve(dirname(file), specifier)) : specifier;
    }),
  };
}

function projectPath(file: string): string {
  return relative(ROOT, file).split(sep).join("/");
}

/** Left out of rules about what ships. */
export function isTest({ path }: SourceFile): boolean {
  return path.endsWith(".test.ts") || path.includes("/generated/");
}
