import { defineConfig, type Options } from "tsup";
import { BUNDLE_FORM } from "./scripts/bundle-form.ts";
import { BUNDLED_PACKAGES } from "./scripts/bundled-packages.ts";
import { writeLicences } from "./scripts/licences.ts";

const library = {
  index: "src/index.ts",
  "indicators/index": "src/indicators/index.ts",
  "dsl/index": "src/dsl/index.ts",
  "vector/index": "src/vector/index.ts",
  "danfo/index": "src/danfo/index.ts",
};

const bundled = { noExternal: BUNDLED_PACKAGES };

/** Not of CommonJS: what makes modules of it does not understand code without layout. */
const dense: Options = {
  esbuildOptions: (options) => {
    Object.assign(options, BUNDLE_FORM);
  },
};

export default defineConfig([
  {
    ...bundled,
    ...dense,
    entry: {
      ...library,
      "cli/main": "src/cli/main.ts",
      "arrow-ipc-worker": "src/data/arrow-ipc-worker.ts",
      "sweep-worker": "src/sweep/run/worker.ts",
    },
    format: "esm",
    target: "node20",
    splitting: true,
    treeshake: true,
    dts: { entry: library },
    onSuccess: () => writeLicences(BUNDLED_PACKAGES, "dist/THIRD_PARTY_LICENSES.txt"),
  },
  {
    ...bundled,
    entry: library,
    format: "cjs",
    target: "node20",
    splitting: true,
    shims: true,
    dts: false,
  },
]);
