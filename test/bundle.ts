import type { BuildOptions } from "esbuild";

/**
 * How the tests bundle what they run in processes and threads of its own: one file with its packages, which starts in
 * half the time or less. Packages with native code stay outside, so the file has to lie below node_modules.
 */
export const ONE_FILE = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["@duckdb/node-api", "pg", "pg-copy-streams", "tinypool"],
  // The other form of jsonc-parser hides its requires from bundlers.
  mainFields: ["module", "main"],
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
} as const satisfies BuildOptions;
