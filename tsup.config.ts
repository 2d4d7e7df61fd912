import { defineConfig } from "tsup";

const library = {
  index: "src/index.ts",
  "indicators/index": "src/indicators/index.ts",
  "dsl/index": "src/dsl/index.ts",
  "vector/index": "src/vector/index.ts",
  "danfo/index": "src/danfo/index.ts",
};

export default defineConfig([
  {
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
  },
  {
    entry: library,
    format: "cjs",
    target: "node20",
    splitting: true,
    shims: true,
    dts: false,
  },
]);
