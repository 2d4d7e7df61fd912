import type { createRequire } from "node:module";
import { fail } from "../diagnostics/index.ts";
import type { DanfoModule } from "./frame.ts";

/** The installed danfojs-node, looked for beside swymc and then in the working directory. */
export function loadDanfo<Frame>(): DanfoModule<Frame> {
  const reasons: string[] = [];
  // Asked for at run time, so that a browser's bundle of this module, with danfojs handed in, needs nothing from Node.
  const module = globalThis.process?.getBuiltinModule?.("node:module") as
    | { createRequire: typeof createRequire }
    | undefined;
  if (module === undefined) return fail("danfo_missing", { reason: "this is not Node.js 20.16+" });
  for (const place of [import.meta.url, `${process.cwd()}/package.json`]) {
    try {
      return module.createRequire(place)("danfojs-node") as DanfoModule<Frame>;
    } catch (error) {
      reasons.push((error as Error).message.split("\n")[0] ?? "");
    }
  }
  return fail("danfo_missing", { reason: reasons[0] ?? "" });
}
