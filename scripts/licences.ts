import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Writes the licences of packages that the build takes in, and of all that these depend on. */
export async function writeLicences(packages: readonly string[], file: string): Promise<void> {
  const names = new Set(packages);
  const parts = [];
  for (const name of names) {
    const folder = join("node_modules", name);
    const found = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Package;
    for (const each of Object.keys(found.dependencies ?? {})) names.add(each);
    parts.push(`${name} ${found.version} (${found.license})\n\n${await licenceIn(folder)}`);
  }
  await writeFile(file, `${parts.join(`\n\n${"=".repeat(72)}\n\n`)}\n`);
}

async function licenceIn(folder: string): Promise<string> {
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no licence to be taken along`);
  return (await readFile(join(folder, file), "utf8")).trim();
}
