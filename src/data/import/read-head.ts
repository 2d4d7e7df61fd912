import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { fail } from "../../diagnostics/index.ts";
import type { ImportSource } from "./format.ts";

const HEAD_BYTES = 1 << 16;

/** A file on disk as a source: its first bytes are read, and unpacked where it is gzipped. */
export function openSource(path: string, file = path): ImportSource {
  let head: Buffer;
  try {
    if (statSync(file).size === 0) fail("file_empty", { path });
    const fd = openSync(file, "r");
    try {
      const buffer = Buffer.alloc(HEAD_BYTES);
      head = buffer.subarray(0, readSync(fd, buffer, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(fd);
    }
    if (head[0] === 0x1f && head[1] === 0x8b) {
      head = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_BYTES);
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return fail("file_not_found", { path });
    if (code === undefined) throw cause;
    return fail("file_unreadable", { path, reason: message });
  }
  return { path, name: basename(path), file, head };
}
