import { pathToFileURL } from "node:url";

const { SWYMC_THREADS: bundles } = process.env;
// Worker threads do not inherit the TypeScript loader of the thread that starts them.
if (bundles === undefined) (await import("tsx/esm/api")).register();
await import(
  bundles === undefined
    ? "./arrow-ipc-worker.ts"
    : pathToFileURL(`${bundles}/arrow-ipc-worker.mjs`).href
);
