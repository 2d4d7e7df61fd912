import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { indicators } from "../../src/indicators/registry.ts";

/**
 * The parts that `swymc compile` puts into a module, as source texts: the runtime, and each indicator's
 * kernel by name. Every text is a function body that ends in a `return` of what it makes.
 */
export async function generateModuleParts(src: string, target: string): Promise<void> {
  const runtime = await bundle(src, `export { createStrategy } from "./module/runtime.ts";`);
  const kernels = await Promise.all(
    indicators.map(async ({ name }): Promise<[string, string]> => {
      const kernel = `${camel(name)}Kernel`;
      const text = await bundle(src, `export { ${kernel} } from "./indicators/kernels.ts";`);
      return [name, `${text.declarations}return ${text.exports.get(kernel)};\n`];
    }),
  );
  await mkdir(target, { recursive: true });
  await writeFile(
    join(target, "parts.ts"),
    [
      `export const runtimeSource: string = ${JSON.stringify(
        `${runtime.declarations}return { createStrategy: ${runtime.exports.get("createStrategy")} };\n`,
      )};`,
      `export const kernelSources: Readonly<Record<string, string>> = ${JSON.stringify(
        Object.fromEntries(kernels),
        null,
        1,
      )};`,
      "",
    ].join("\n"),
  );
}

function camel(snake: string): string {
  return snake.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Tree-shaken source without its closing export statement, and what that names. */
async function bundle(src: string, entry: string) {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: src, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    treeShaking: true,
    legalComments: "none",
  });
  const text = outputFiles[0]!.text.replace(/^\/\/ .*\n/gm, "");
  const found = /^export \{([^}]*)\};\n$/m.exec(text);
  if (!found) throw new Error(`no export in the bundle of: ${entry}`);
  const exports = new Map(
    found[1]!.split(",").map((part): [string, string] => {
      const [local, exported = local] = part.trim().split(" as ");
      return [exported!, local!];
    }),
  );
  return { declarations: text.slice(0, found.index), exports };
}
