import { pathToFileURL } from "node:url";

const { SWYMC_THREADS: bundles } = process.env;
// Worker threads do not inherit the TypeScript loader of the thread that starts them.
if (bundles === undefined) (await import("tsx/esm/api")).register();
const { runTask } = await import(
  bundles === undefined ? "./worker.ts" : pathToFileURL(`${bundles}/sweep-worker.mjs`).href
);

export { runTask };
