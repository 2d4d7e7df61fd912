import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { runCli } from "../../src/cli/run-cli.ts";
import { ROOT } from "../source-tree.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, with streams that are no terminals. */
export async function swymc(...args: readonly string[]): Promise<Ran> {
  return colored(false, ...args);
}

export async function colored(color: boolean, ...args: readonly string[]): Promise<Ran> {
  const out = collector();
  const err = collector();
  const io = { out, err, outColor: color, errColor: color };
  const code = await runCli(args, io);
  return { code, out: out.text, err: err.text };
}

function collector() {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.defineProperty(stream, "text", { get: () => chunks.join("") }) as Writable & {
    readonly text: string;
  };
}

export const HOURLY = join(ROOT, "fixtures/ohlcv/synthetic_1h.csv");
export const DAILY = join(ROOT, "fixtures/ohlcv/synthetic_1d.csv");

export function rules(name: string): string {
  return join(ROOT, "fixtures/rules", `${name}.json`);
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "swymc-cli-"));
}

/** A file of that name and content in a folder of its own. */
export function temporaryFile(name: string, content: string | object): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}
