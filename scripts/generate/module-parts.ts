import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { indicators } from "../../src/indicators/registry.ts";
import { type ModuleParts, packParts } from "../../src/module/parts.ts";

/**
 * The parts that `swymc compile` puts into a module, as source texts: the runtime of rules and each indicator's kernel by
 * name, the runtime of scripts and each indicator's definition. Every text is a function body that ends in a `return` of what it makes.
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
  const script = await bundle(src, `export { createScript } from "./module/script-runtime.ts";`);
  const definitions = await Promise.all(
    indicators.map(async ({ name }): Promise<[string, string]> => {
      const definition = `${camel(name)}Definition`;
      const file = name.replaceAll("_", "-");
      const text = await bundle(
        src,
        `export { ${definition} } from "./indicators/${file}.ts";`,
        true,
      );
      return [name, `${text.declarations}return ${text.exports.get(definition)};\n`];
    }),
  );
  await mkdir(target, { recursive: true });
  await writeParts(join(target, "parts.ts"), {
    runtime: `${runtime.declarations}return { createStrategy: ${runtime.exports.get("createStrategy")} };\n`,
    indicators: Object.fromEntries(kernels),
  });
  await writeParts(join(target, "script-parts.ts"), {
    runtime: `${script.declarations}return { createScript: ${script.exports.get("createScript")} };\n`,
    indicators: Object.fromEntries(definitions),
  });
}

async function writeParts(file: string, parts: ModuleParts): Promise<void> {
  await writeFile(file, `export const packed: string = "${packParts(parts)}";\n`);
}

/** Of the diagnostics, a module has those that a run can give: the others are several times its size. */
const onlyRunDiagnostics: Plugin = {
  name: "only the diagnostics of a run",
  setup(made) {
    made.onLoad({ filter: /src\/diagnostics\/catalogue\/index\.ts$/ }, () => ({
      contents: `export { scriptRunDiagnostics as catalogue } from "./script-run.ts";`,
      loader: "ts",
    }));
  },
};

function camel(snake: string): string {
  return snake.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Tree-shaken source without its closing export statement, and what that names. */
async function bundle(src: string, entry: string, dense = false) {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: src, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    treeShaking: true,
    // Each definition brings its kernel and stream along; dense they take a third of the room.
    minify: dense,
    legalComments: "none",
    plugins: [onlyRunDiagnostics],
  });
  const text = outputFiles[0]!.text.replace(/^\/\/ .*\n/gm, "");
  const found = /(?:^|;)export ?\{([^}]*)\};\n$/m.exec(text);
  if (!found) throw new Error(`no export in the bundle of: ${entry}`);
  const exports = new Map(
    found[1]!.split(",").map((part): [string, string] => {
      const [local, exported = local] = part.trim().split(" as ");
      return [exported!, local!];
    }),
  );
  return { declarations: `${text.slice(0, found.index)};\n`, exports };
}
