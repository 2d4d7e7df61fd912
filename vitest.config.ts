import { defineConfig } from "vitest/config";
import { LongestFirst, SHARED } from "./test/order.ts";

const ALL = ["src/**/*.test.ts", "test/**/*.test.ts"];
const ORACLES = ["test/oracle/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than two cores: some tests wait for processes, pauses and disks.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "own",
          include: ALL,
          exclude: ["node_modules/**", ...ORACLES, ...SHARED],
          globalSetup: "test/bundle-threads.ts",
        },
      },
      { extends: true, test: { name: "oracles", include: ORACLES } },
      { extends: true, test: { name: "shared", include: [...SHARED], isolate: false } },
    ],
  },
});
