import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../source-tree.ts";

export interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly main: string;
  readonly module: string;
  readonly types: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;

/** The built command line. These tests are about what `npm run build` makes, so it has to be there. */
export const CLI = join(ROOT, manifest.bin["swymc"]);
if (!existsSync(CLI)) throw new Error("dist is missing: run `npm run build` first");

/** Every file that the manifest promises, relative to the project. */
export function promisedFiles(): string[] {
  const { bin, exports, main, module, types } = manifest;
  return [...new Set([...leaves(bin), ...leaves(exports), main, module, types])].sort();
}

function leaves(value: unknown): string[] {
  return typeof value === "string" ? [value] : Object.values(value as object).flatMap(leaves);
}
