import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { crc32 } from "../../data/import/crc32.ts";
import { fail, writeReason } from "../../diagnostics/index.ts";
import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Manifest } from "../run/manifest.ts";
import type { StoredBatch } from "../run/run-batches.ts";
import { rowsOf, Slots } from "../run/slots.ts";

const MAGIC = "SWYMCSW1";
const HEAD = 24;
const MARK = 0x42544348;
const WIDTH = SWEEP_METRICS.length;
/** A manifest holds documents, whose size is limited. */
const MAX_MANIFEST = 256 * 1024 * 1024;
/** Milliseconds between the moments at which what was written is forced to the disk. */
const SYNC = 1_000;

/**
 * What a sweep has done, beside its output until that is complete: a manifest, then one block per batch, each with its
 * checksum. Blocks are only ever added, in order, so that after a kill at any moment a prefix of the trials is there, each
 * once; what follows the last whole block is cut off.
 */
export class Journal {
  readonly path: string;
  readonly manifest: Manifest;
  #file: number;
  readonly #begin: number;
  #end: number;
  #synced = 0;

  private constructor(path: string, manifest: Manifest, file: number, begin: number, end: number) {
    this.path = path;
    this.manifest = manifest;
    this.#file = file;
    this.#begin = begin;
    this.#end = end;
  }

  /** A new journal; fails where one is there. */
  static create(path: string, manifest: Manifest): Journal {
    const text = Buffer.from(JSON.stringify(manifest));
    const head = Buffer.alloc(16);
    head.write(MAGIC, "latin1");
    head.writeUInt32LE(text.length, 8);
    head.writeUInt32LE(crc32(text), 12);
    const file = opened(path, "wx+");
    written(path, file, Buffer.concat([head, text]), 0);
    fsyncSync(file);
    const begin = head.length + text.length;
    return new Journal(path, manifest, file, begin, begin);
  }

  /** One that is there, ready to go on; null where there is none, or none whose manifest was written whole. */
  static open(path: string): Journal | null {
    if (!existsSync(path)) return null;
    const file = opened(path, "r+");
    const head = readAt(file, 0, 16);
    if (head.subarray(0, 8).toString("latin1") !== MAGIC.slice(0, head.length)) {
      closeSync(file);
      return fail("sweep_journal", { path, reason: "it begins otherwise" });
    }
    const length = head.length < 16 ? 0 : head.readUInt32LE(8);
    const text = length > MAX_MANIFEST ? Buffer.alloc(0) : readAt(file, 16, length);
    if (head.length < 16 || text.length < length || crc32(text) !== head.readUInt32LE(12)) {
      closeSync(file);
      rmSync(path);
      return null;
    }
    const begin = 16 + length;
    const end = wholeBlocks(file, begin);
    ftruncateSync(file, end);
    return new Journal(path, JSON.parse(text.toString()) as Manifest, file, begin, end);
  }

  append({ stage, count, params, metrics, states }: StoredBatch): void {
    const width = count === 0 ? 0 : params.length / count;
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(MARK, 0);
    head.writeUInt32LE(stage, 4);
    head.writeUInt32LE(count, 8);
    head.writeUInt32LE(width, 12);
    const parts = [bytesOf(params), bytesOf(metrics), states];
    head.writeUInt32LE(checksum(head, parts), 16);
    let end = this.#end;
    for (const part of [head, ...parts]) {
      written(this.path, this.#file, part, end);
      end += part.length;
    }
    this.#end = end;
    const now = performance.now();
    if (now - this.#synced < SYNC) return;
    fsyncSync(this.#file);
    this.#synced = now;
  }

  /** The batches that are there, in order; each takes the memory of the one before. */
  *batches(): Generator<StoredBatch, void> {
    const end = this.#end;
    const slots = new Slots(false);
    for (let at = this.#begin; at < end; ) {
      const { batch, bytes } = readBlock(this.#file, at, slots)!;
      yield batch;
      at += bytes;
    }
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  /** Closes and deletes it. */
  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
  }
}

function wholeBlocks(file: number, begin: number): number {
  const slots = new Slots(false);
  let at = begin;
  for (;;) {
    const block = readBlock(file, at, slots);
    if (block === null) return at;
    at += block.bytes;
  }
}

/** The block at an offset; null where it was not written whole. */
function readBlock(
  file: number,
  at: number,
  slots: Slots,
): { batch: StoredBatch; bytes: number } | null {
  const head = readAt(file, at, HEAD);
  if (head.length < HEAD || head.readUInt32LE(0) !== MARK) return null;
  const [stage, count, width] = [4, 8, 12].map((place) => head.readUInt32LE(place)) as [
    number,
    number,
    number,
  ];
  const size = count * (8 * (width + WIDTH) + 1);
  if (at + HEAD + size > fstatSync(file).size) return null;
  const slot = slots.take(count, width);
  slots.give(slot);
  const rows = rowsOf(slot, count, width);
  const { params, metrics, states } = rows;
  const parts = [bytesOf(params), bytesOf(metrics), states];
  let from = at + HEAD;
  for (const part of parts) from += readInto(file, from, part);
  if (checksum(head, parts) !== head.readUInt32LE(16)) return null;
  return { batch: { stage, count, ...rows }, bytes: HEAD + size };
}

/** Of a block: its head up to there, then its parts. */
function checksum(head: Buffer, parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), crc32(head.subarray(0, 16)));
}

/** At most `length` bytes from an offset, fewer at the end of the file, in a buffer of their own. */
function readAt(file: number, at: number, length: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  return bytes.subarray(0, readInto(file, at, bytes));
}

/** Fills `bytes` from an offset of the file, and tells how many there were. */
function readInto(file: number, at: number, bytes: Uint8Array): number {
  let found = 0;
  while (found < bytes.length) {
    const read = readSync(file, bytes, found, bytes.length - found, at + found);
    if (read === 0) break;
    found += read;
  }
  return found;
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function opened(path: string, flags: string): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") fail("sweep_unfinished", { path });
    return fail("file_unwritable", { path, reason: writeReason(error) });
  }
}

function written(path: string, file: number, bytes: Uint8Array, at: number): void {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(file, bytes, done, bytes.length - done, at + done);
    }
  } catch (error) {
    fail("file_unwritable", { path, reason: writeReason(error) });
  }
}
