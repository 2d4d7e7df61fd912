import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Diagnostic, fail, SwymcError } from "../diagnostics/index.ts";
import type { RawBars } from "./arrow-read.ts";
import type { Dataset } from "./dataset.ts";
import { finishDataset, numberedRow } from "./finish.ts";
import { type LoadOptions, MAX_BARS, type TimeOptions } from "./options.ts";
import type { SourceFile } from "./source-kind.ts";
import type { TimeWindow } from "./time-range.ts";

/** What the worker is asked to read. */
export interface ArrowRequest extends TimeOptions {
  readonly path: string;
  readonly maxBars: number;
}

/** What it answers: columns with buffers of their own, or what is wrong. */
export type ArrowAnswer =
  | { readonly bars: RawBars }
  | { readonly diagnostics: readonly Diagnostic[] }
  | { readonly reason: string };

/** Memory of the worker in MB; columns lie outside of it. */
const RESOURCES = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };

/**
 * Reads bars from an Arrow IPC file or stream. Damaged files can make the decoder loop or grow without
 * end, so it runs in a thread of its own, with bounded memory and a deadline.
 */
export async function loadArrow(
  file: SourceFile,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  for (const key of ["mode", "product"] as const) {
    const value = options[key];
    if (value !== undefined) fail("selector_unknown", { key, value, known: [] });
  }
  const bars = await readArrow(file, options);
  const origin = {
    source: file.path,
    exchange: options.exchange ?? null,
    mode: null,
    product: null,
    symbol: options.symbol ?? null,
    interval: null,
    available: [],
  };
  return finishDataset(bars, origin, options, window, numberedRow);
}

/** The columns of an Arrow file or stream. `shown` is what errors call it. */
export async function readArrow(
  file: Pick<SourceFile, "path" | "bytes">,
  options: Pick<LoadOptions, keyof TimeOptions | "maxBars" | "deadlineMs">,
  shown = file.path,
): Promise<RawBars> {
  const { timeColumn, timeUnit, timeFormat, maxBars = MAX_BARS } = options;
  const deadline = options.deadlineMs ?? 10_000 + Math.ceil(file.bytes / 20_000);
  const request = { path: file.path, timeColumn, timeUnit, timeFormat, maxBars };
  const answer = await ask(request, deadline);
  if ("diagnostics" in answer) throw new SwymcError(answer.diagnostics);
  if ("reason" in answer) fail("arrow_invalid", { path: shown, reason: answer.reason });
  return answer.bars;
}

function ask(request: ArrowRequest, deadline: number): Promise<ArrowAnswer> {
  const worker = new Worker(workerFile(), {
    workerData: request,
    resourceLimits: RESOURCES,
    execArgv: [],
  });
  return new Promise<ArrowAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        fail("arrow_deadline", { path: request.path, ms: deadline });
      } catch (tooLate) {
        reject(tooLate);
      }
    }, deadline);
    worker.once("message", resolve);
    worker.once("error", (error) => resolve({ reason: error.message }));
    worker.once("exit", (code) => resolve({ reason: `the reader stopped with code ${code}` }));
    worker.once("exit", () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}

/**
 * The worker's own file: beside the bundle, or one folder up when this code is in a sub-folder of it;
 * from sources, the module that loads its TypeScript.
 */
function workerFile(): URL {
  const here = import.meta.url;
  const names = here.endsWith(".ts")
    ? ["./arrow-ipc-worker.source.mjs"]
    : ["./arrow-ipc-worker.js", "../arrow-ipc-worker.js"];
  const found = names.map((name) => new URL(name, here)).find((url) => existsSync(url));
  return found ?? fail("arrow_worker_missing", { tried: fileURLToPath(new URL(names[0], here)) });
}
