import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { fail } from "../../diagnostics/index.ts";
import type { ImportSource } from "./format.ts";

/** Longest line of text that is read; a bar takes 0.2 KB. */
export const LONGEST_LINE = 1 << 16;

/** The text of a source as it comes, gunzipped where it is gzipped. Bytes that are not UTF-8 are an error. */
export async function* textOf(source: ImportSource): AsyncGenerator<string> {
  const raw = createReadStream(source.file, { highWaterMark: 1 << 18 });
  const bytes = isGzipped(source.file) ? raw.pipe(createGunzip()) : raw;
  raw.on("error", (cause) => bytes.destroy(cause));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let read = 0;
  try {
    for await (const chunk of bytes) {
      const text = decode(decoder, source.path, read, chunk as Buffer);
      read += (chunk as Buffer).length;
      if (text !== "") yield text;
    }
  } catch (cause) {
    if (!/^Z_|^ERR_|^E[A-Z]+$/.test((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
    fail("read_failed", { path: source.path, reason: (cause as Error).message });
  } finally {
    raw.destroy();
  }
  decode(decoder, source.path, read);
}

/** A line of text and its number, from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a source in lots, blank ones left out. */
export async function* linesOf(source: ImportSource): AsyncGenerator<Line[]> {
  let rest = "";
  let number = 1;
  const line = (text: string): Line => ({ number: number++, text: text.replace(/\r$/, "") });
  for await (const text of textOf(source)) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() as string;
    checkLength(rest, number + parts.length, source.path);
    yield parts.map(line).filter(notBlank);
  }
  if (rest.trim() !== "") yield [line(rest)];
}

function notBlank({ number, text }: Line): boolean {
  return number > 0 && text.trim() !== "";
}

function checkLength(text: string, line: number, path: string): void {
  if (text.length > LONGEST_LINE) {
    fail("import_layout", {
      path,
      format: "text",
      where: `line ${line}`,
      problem: `longer than ${LONGEST_LINE} characters`,
    });
  }
}

/** The head of a source is decompressed already, so its file is asked. */
export function isGzipped(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const magic = Buffer.alloc(2);
    return readSync(descriptor, magic, 0, 2, 0) === 2 && magic.readUInt16BE() === 0x1f8b;
  } finally {
    closeSync(descriptor);
  }
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  path: string,
  offset: number,
  chunk?: Buffer,
): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return fail("import_encoding", { path, where: `after byte ${offset}` });
  }
}
