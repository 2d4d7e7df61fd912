import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";
import { ONE_FILE } from "./bundle.ts";
import { ROOT } from "./source-tree.ts";

/** Threads that the tests start, by the name of their bundle. */
const THREADS = {
  "arrow-ipc-worker": join(ROOT, "src/data/arrow-ipc-worker.ts"),
  "sweep-worker": join(ROOT, "src/sweep/run/worker.ts"),
};

/** Before all tests: bundles the threads, which take ten times as long to load their TypeScript sources. */
export default async function bundleThreads(project: TestProject): Promise<() => void> {
  const outdir = mkdtempSync(join(ROOT, "node_modules/.swymc-threads-"));
  const bundle = async () => {
    await build({ ...ONE_FILE, entryPoints: THREADS, outdir, outExtension: { ".js": ".mjs" } });
  };
  await bundle();
  project.onTestsRerun(bundle);
  process.env["SWYMC_THREADS"] = outdir;
  return () => rmSync(outdir, { recursive: true, force: true });
}
