import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Diagnostic, fail } from "../diagnostics/index.ts";
import type { RawBars } from "./arrow-read.ts";
import type { BesideBars } from "./import/arrow-columns.ts";
import type { TimeOptions } from "./options.ts";

/** What the worker is asked to read. */
export interface ArrowRequest extends TimeOptions {
  readonly path: string;
  readonly maxBars: number;
  /** Read what an import keeps beside bars, too. */
  readonly importing?: {
    readonly map?: Readonly<Record<string, string>> | undefined;
    readonly shown: string;
  };
}

/** What it answers: columns with buffers of their own, or what is wrong. */
export type ArrowAnswer =
  | { readonly bars: RawBars; readonly beside?: BesideBars }
  | { readonly diagnostics: readonly Diagnostic[] }
  | { readonly reason: string };

/** Memory of the worker in MB; columns lie outside of it. */
const RESOURCES = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };

/**
 * A thread that reads Arrow files, one at a time: damaged ones can make the decoder loop or grow without end, so it has
 * bounded memory, and each reading a deadline. A thread that missed one or died is replaced by the next reading.
 */
export class ArrowReader {
  #worker: Promise<Worker> | undefined;

  /** Fails where the file is not read within `deadline` ms. */
  async read(request: ArrowRequest, deadline: number): Promise<ArrowAnswer> {
    this.#worker ??= started();
    const worker = await this.#worker;
    const answer = await answerOf(worker, request, deadline);
    if (answer !== null && !("stopped" in answer)) return answer;
    await this.close();
    return answer === null
      ? fail("arrow_deadline", { path: request.path, ms: deadline })
      : { reason: answer.stopped };
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await (await worker?.catch(() => undefined))?.terminate();
  }
}

/** A worker that has loaded its code. */
async function started(): Promise<Worker> {
  const worker = new Worker(workerFile(), { resourceLimits: RESOURCES, execArgv: [] });
  // Also heard when nobody waits: out of memory, for one, after a deadline.
  worker.on("error", () => undefined);
  const first = await firstOf<"ready">(worker);
  if (first === "ready") return worker;
  await worker.terminate();
  throw new Error(`the thread that reads Arrow did not start: ${first.stopped}`);
}

/** Its answer; null where none comes in time. */
async function answerOf(worker: Worker, request: ArrowRequest, deadline: number) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, deadline, null);
  });
  worker.postMessage(request);
  return Promise.race([firstOf<ArrowAnswer>(worker), late]).finally(() => clearTimeout(timer));
}

/** The next message of a worker, or why there will be none. */
function firstOf<Message>(worker: Worker): Promise<Message | { readonly stopped: string }> {
  return new Promise((resolve) => {
    const settle = (result: Message | { readonly stopped: string }) => {
      worker.off("message", settle).off("error", failed).off("exit", ended);
      resolve(result);
    };
    const failed = (error: Error) => settle({ stopped: error.message });
    const ended = (code: number) => settle({ stopped: `the reader stopped with code ${code}` });
    worker.on("message", settle).on("error", failed).on("exit", ended);
  });
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
