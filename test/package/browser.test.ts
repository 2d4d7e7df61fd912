import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";

test("swymc/indicators bundles for a browser: nothing from Node, no package", async () => {
  const { metafile } = await build({
    stdin: { contents: `export * from "swymc/indicators";`, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    absWorkingDir: ROOT,
    // What people install, not the sources that the paths of tsconfig.json name.
    tsconfigRaw: {},
    outfile: join(ROOT, "out.js"),
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== "<stdin>");
  expect(inputs.every((path) => path.startsWith("dist/"))).toBe(true);
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter((one) => one.external)).toEqual([]);
});
