import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PYTHONS = [".venv/bin/python", ".venv/Scripts/python.exe"].map((path) => join(ROOT, path));
/** The interpreter with the libraries, where there is one. */
export const python = PYTHONS.find((path) => existsSync(path));

/** Oracles are missing on a user's machine until set up; in CI they may not be missing. */
export const hasOracles = python !== undefined;
export const mayBeMissing = !hasOracles && !process.env["CI"];
export const HOW_TO_RUN = "no .venv with the Python libraries; `npm run test:oracle` makes it";

/** A question to a library about the series of a batch. */
export interface Ask {
  readonly library: "backtrader" | "talib" | "pandas" | "vectorbt" | "numpy";
  readonly indicator: string;
  readonly params: readonly number[];
  /** Which of the batch's series it is about; all of them unless given. */
  readonly series?: readonly number[];
}

/** Columns; or `short`: the library fails on fewer bars than its period; or the library's error. */
export type Answer =
  | { readonly columns: readonly Float64Array[] }
  | { readonly short: true }
  | { readonly error: string };

/** A running oracle process: batches of questions in, answers out, in order. */
export class Oracle {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  #errors = "";
  #ended: Error | undefined;

  constructor() {
    if (python === undefined) throw new Error(HOW_TO_RUN);
    this.#process = spawn(python, [join(ROOT, "test/oracle/server.py")], { cwd: ROOT });
    this.#process.stderr.on("data", (part) => {
      this.#errors += part;
    });
    this.#process.on("close", (code, signal) => {
      const how = `the oracle ended with ${signal ?? `code ${code}`}`;
      const error = new Error(`${how}: ${this.#errors.slice(-2000)}`);
      this.#ended = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    createInterface(this.#process.stdout).on("line", (line) =>
      this.#waiting.shift()?.resolve(line),
    );
  }

  async ask(series: readonly Float64Array[], asks: readonly Ask[]): Promise<Answer[]> {
    if (this.#ended !== undefined) throw this.#ended;
    const line = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify({ series: series.map(encode), asks })}\n`);
    const { answers } = JSON.parse(await line) as { answers: WireAnswer[] };
    return answers.map((a) => ("columns" in a ? { columns: a.columns.map(decode) } : a));
  }

  close(): void {
    this.#process.stdin.end();
  }
}

type WireAnswer =
  | { readonly columns: readonly string[] }
  | Exclude<Answer, { readonly columns: readonly Float64Array[] }>;

function encode(column: Float64Array): string {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("base64");
}

function decode(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  return new Float64Array(new Uint8Array(bytes).buffer);
}
