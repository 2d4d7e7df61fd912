import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import * as api from "../../src/indicators/index.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Bundles a page's script for a browser, where an import from Node or of a package would be an error. */
async function bundle(contents: string) {
  const result = await build({
    stdin: { contents, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "page",
    target: "es2022",
    minify: true,
    write: false,
    metafile: true,
    packages: "bundle",
  });
  const used = Object.values(result.metafile.outputs)[0].inputs;
  const inputs = Object.entries(used)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  return { code: result.outputFiles[0].text, inputs, all: Object.keys(result.metafile.inputs) };
}

/** Each of the exports alone, minified and gzipped; in one build, so that files are read once. */
async function sizesOf(names: readonly string[]): Promise<[name: string, bytes: number][]> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => ({ in: `one:${name}`, out: name })),
    plugins: [
      {
        name: "one export",
        setup(setup) {
          setup.onResolve({ filter: /^one:/ }, ({ path }) => ({
            path: path.slice(4),
            namespace: "one",
          }));
          setup.onLoad({ filter: /./, namespace: "one" }, ({ path }) => ({
            contents: `export { ${path} } from "./src/indicators/index.ts"`,
            resolveDir: ROOT,
          }));
        },
      },
    ],
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    write: false,
    outdir: "out",
  });
  return outputFiles.map(({ path, contents }) => [
    basename(path, ".js"),
    gzipSync(contents).length,
  ]);
}

/** Bytes of the minified, gzipped bundle of one export, at most; the registry's exports bring every indicator. */
const LIMITS: readonly (readonly [what: string, names: RegExp, bytes: number])[] = [
  ["the registry", /^(indicators?|kernelOf)$/, 33_000],
  ["a constant or an error", /^(DIALECTS|IndicatorError)$/, 500],
  ["a stream over ranks, deviations or other streams", /^create(Stochrsi|Cci|Dev)$/, 9_500],
  ["a stream", /^create/, 8_000],
  ["an indicator over ranks, deviations or other indicators", /^(stochrsi|cci|dev|macd)$/, 8_000],
  ["a plain average or difference", /^(ema|roc|mom|change|cum|tr)$/, 3_000],
  ["a window function, which has several ways", /^(sma|highest|lowest|stdDev)$/, 3_800],
  ["an indicator", /./, 6_700],
];

describe("swymc/indicators in a browser", () => {
  test("all of it bundles without Node and without a package, and runs without globals", async () => {
    const { code, all } = await bundle(`export * from "./src/indicators/index.ts"`);
    expect(all.filter((path) => path.includes("node_modules") || path.startsWith("node:"))).toEqual(
      [],
    );
    const context: { page?: Record<string, CallableFunction> } = {};
    runInNewContext(`${code}; this.page = page;`, context);
    const column = context.page!["ema"]([10, 11, 12, 11, 13], { period: 5 });
    expect(column[4]).toBe(11.4);
    expect(gzipSync(code).length).toBeLessThan(39_000);
  });

  test("one indicator brings only its own code", async () => {
    const { code, inputs } = await bundle(`export { ema } from "./src/indicators/index.ts"`);
    expect(inputs.filter((path) => path.includes("catalogue"))).toEqual([
      "src/diagnostics/catalogue/entry.ts",
      "src/diagnostics/catalogue/indicators.ts",
    ]);
    for (const other of [
      "rsi",
      "bollinger",
      "highest",
      "registry",
      "mean.ts",
      "deviation",
      "stream",
    ]) {
      expect(inputs.filter((path) => path.includes(`/${other}`))).toEqual([]);
    }
    expect(code.length).toBeLessThan(7_000);
    expect(gzipSync(code).length).toBeLessThan(2_700);
  });

  test("one stream brings its indicator and the engine", async () => {
    const { code, inputs } = await bundle(`export { createEma } from "./src/indicators/index.ts"`);
    for (const other of ["rsi", "bollinger", "highest", "registry", "mean.ts", "deviation"]) {
      expect(inputs.filter((path) => path.includes(`/${other}`))).toEqual([]);
    }
    expect(code.length).toBeLessThan(12_000);
    expect(gzipSync(code).length).toBeLessThan(4_800);
  });

  test("a composed stream brings its parts and no other indicator", async () => {
    const { inputs } = await bundle(`export { createTsi } from "./src/indicators/index.ts"`);
    const streams = inputs.filter((path) => path.startsWith("src/indicators/stream/"));
    const engine = ["create-stream", "indicator-stream", "snapshot"];
    const parts = ["tsi", "ema", "poisonable-mean", "weighted-mean", "create-momentum"];
    expect(streams.sort()).toEqual(
      [...engine, ...parts].map((name) => `src/indicators/stream/${name}.ts`).sort(),
    );
    expect(inputs.filter((path) => path.includes("/registry"))).toEqual([]);
  });

  test("every export alone is small", async () => {
    const found = await sizesOf(Object.keys(api));
    for (const [name, bytes] of found) {
      const [what, , limit] = LIMITS.find(([, names]) => names.test(name))!;
      expect(bytes, `${name}, ${what}`).toBeLessThan(limit);
    }
    expect(found.length).toBe(Object.keys(api).length);
  }, 60_000);
});
