import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Timed } from "../kernels/measure.ts";
import { type TalibCall, talibPeers } from "./peers/talib.ts";
import { type Bars, barsOf, type Shape } from "./shapes.ts";

export const TALIB = "TA-Lib";
const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

/** The oracles' virtual environment has it; without that the bench says so and goes on. */
export const hasTalib = existsSync(PYTHON);

/** TA-Lib's wheel over the bench's columns, in a process with a CPU clock of its own. */
export class Talib implements Timed {
  readonly #process = spawn(PYTHON, [fileURLToPath(new URL("./talib_worker.py", import.meta.url))]);
  readonly #folder = mkdtempSync(join(tmpdir(), "swymc-bench-"));
  readonly #waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  readonly #bars: number;
  #shape: string | undefined;
  #errors = "";

  constructor(bars: number) {
    this.#bars = bars;
    this.#process.stderr.on("data", (part) => {
      this.#errors += part;
    });
    this.#process.on("close", () => {
      for (const { reject } of this.#waiting) reject(new Error(`TA-Lib ended: ${this.#errors}`));
    });
    createInterface(this.#process.stdout).on("line", (line) =>
      this.#waiting.shift()?.resolve(line),
    );
  }

  /** All that our indicator needs of it. */
  async run(task: string): Promise<number> {
    const { shape, indicator } = JSON.parse(task) as { shape: Shape; indicator: string };
    if (this.#shape !== shape) await this.load(shape, barsOf(shape, this.#bars));
    const { calls } = talibPeers.find((peer) => peer.indicator === indicator)!;
    let time = 0;
    for (const call of calls) time += Number(await this.#ask(call));
    return time;
  }

  /** The version of TA-Lib. */
  async load(shape: string, bars: Bars): Promise<string> {
    const names = Object.keys(bars);
    const path = join(this.#folder, "columns");
    const parts = Object.values(bars).map((column: Float64Array) => Buffer.from(column.buffer));
    writeFileSync(path, Buffer.concat(parts));
    this.#shape = shape;
    const length = bars.close.length;
    return JSON.parse(await this.#ask({ load: path, bars: length, columns: names })) as string;
  }

  async values(calls: readonly TalibCall[]): Promise<Float64Array[]> {
    const columns: Float64Array[] = [];
    for (const call of calls) {
      for (const text of JSON.parse(await this.#ask({ ...call, values: true })) as string[]) {
        const bytes = new Uint8Array(Buffer.from(text, "base64"));
        // An index is an integer of theirs, sent as a number.
        columns.push(new Float64Array(bytes.buffer));
      }
    }
    return columns;
  }

  stop(): void {
    this.#process.stdin.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(task: object): Promise<string> {
    const line = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify(task)}\n`);
    return line;
  }
}
