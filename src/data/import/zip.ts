import { closeSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join, posix } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { fail, SwymcError } from "../../diagnostics/index.ts";
import { verifyChecksum } from "./checksum.ts";
import { crc32 } from "./crc32.ts";
import type { Container, ImportSource } from "./format.ts";
import { openSource } from "./read-head.ts";

/** What an archive may hold. A monthly archive of one-second klines unpacks to 0.4 GB, ten times its size. */
export const ZIP_LIMITS = {
  members: 10_000,
  /** Bytes of all members together. */
  bytes: 4 * 2 ** 30,
  /** Bytes out per byte in, of members larger than `unsuspicious`. */
  ratio: 200,
  unsuspicious: 2 ** 20,
};

/** Zip archives: checked as a whole against their checksum and limits, then unpacked one member at a time. */
export const zip: Container = {
  name: "zip",
  recognises: ({ head }) => isZip(head),
  async *members(session, source) {
    await verifyChecksum(source.file);
    const archive = await opened(source);
    try {
      let count = 0;
      for (const entry of await listed(archive, source)) {
        const [ending] = /(\.[a-z0-9]{1,10}){0,2}$/i.exec(entry.fileName) as RegExpExecArray;
        const file = join(session.scratch, `member-${count++}${ending}`);
        try {
          await unpack(archive, entry, source, file);
          const member = openSource(`${source.path}/${entry.fileName}`, file);
          if (isZip(member.head)) unsafe(source, entry.fileName, "is an archive itself");
          yield { ...member, name: posix.basename(entry.fileName) };
        } finally {
          rmSync(file, { force: true });
        }
      }
    } finally {
      archive.close();
    }
  },
};

function isZip(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

function opened({ path, file }: ImportSource): Promise<ZipFile> {
  return openPromise(file, { autoClose: false, strictFileNames: true }).catch((cause: Error) =>
    fail("zip_damaged", { path, reason: cause.message }),
  );
}

/** The files of an archive, once its whole directory is found harmless. */
async function listed(archive: ZipFile, source: ImportSource): Promise<Entry[]> {
  const { path } = source;
  if (archive.entryCount > ZIP_LIMITS.members) {
    fail("zip_too_large", {
      path,
      what: `${archive.entryCount} files`,
      limit: String(ZIP_LIMITS.members),
    });
  }
  const all: Entry[] = [];
  try {
    for await (const entry of archive.eachEntry()) all.push(entry);
  } catch (cause) {
    const reason = (cause as Error).message;
    const name = /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s;
    const found = name.exec(reason);
    if (found !== null) unsafe(source, found[2], "leads out of the archive");
    fail("zip_damaged", { path, reason });
  }
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of all) {
    checkEntry(entry, source);
    const name = entry.fileName.normalize("NFC").toLowerCase();
    if (names.has(name)) unsafe(source, entry.fileName, "occurs twice");
    names.add(name);
    bytes += entry.uncompressedSize;
  }
  if (bytes > ZIP_LIMITS.bytes) {
    fail("zip_too_large", { path, what: inMB(bytes), limit: inMB(ZIP_LIMITS.bytes) });
  }
  checkOverlap(all, source);
  const files = all.filter((entry) => !entry.fileName.endsWith("/"));
  if (files.length === 0) fail("zip_damaged", { path, reason: "it holds no file" });
  return files;
}

function checkEntry(entry: Entry, source: ImportSource): void {
  const { fileName: name, uncompressedSize, compressedSize } = entry;
  if (name.split("/").includes("..") || /^[/\\]|^[a-z]:|[\\\0]/i.test(name)) {
    unsafe(source, name, "leads out of the archive");
  }
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (![0, 0o100000, 0o040000].includes(type)) unsafe(source, name, "is a link or device");
  if (entry.isEncrypted()) unsafe(source, name, "is encrypted");
  if (![0, 8].includes(entry.compressionMethod)) {
    unsafe(source, name, `is compressed by method ${entry.compressionMethod}`);
  }
  const claimed = uncompressedSize > ZIP_LIMITS.unsuspicious;
  if (claimed && uncompressedSize > compressedSize * ZIP_LIMITS.ratio) {
    fail("zip_too_large", {
      path: source.path,
      what: `${inMB(uncompressedSize)} from ${compressedSize} bytes (${JSON.stringify(name)})`,
      limit: `${ZIP_LIMITS.ratio} bytes out per byte in`,
    });
  }
}

/** Members that share bytes of the archive are how a small file expands without end. */
function checkOverlap(entries: readonly Entry[], source: ImportSource): void {
  const ordered = [...entries].sort(
    (a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader,
  );
  const size = statSync(source.file).size;
  ordered.forEach((entry, i) => {
    const end =
      entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameRaw.length + entry.compressedSize;
    const next = ordered[i + 1]?.relativeOffsetOfLocalHeader ?? size;
    if (end > next) unsafe(source, entry.fileName, "shares its bytes with another");
  });
}

/** Writes one member to a file. Its bytes are counted and summed as they come: what it claims is not believed. */
async function unpack(
  archive: ZipFile,
  entry: Entry,
  { path }: ImportSource,
  file: string,
): Promise<void> {
  const target = openSync(file, "wx", 0o600);
  try {
    let bytes = 0;
    let crc = 0;
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) break;
      crc = crc32(chunk, crc);
      for (let at = 0; at < chunk.length; ) at += writeSync(target, chunk, at);
    }
    if (bytes !== entry.uncompressedSize || crc !== entry.crc32) {
      const problem = bytes === entry.uncompressedSize ? "checksum" : "size";
      fail("zip_damaged", {
        path,
        reason: `${entry.fileName} does not have the ${problem} it claims`,
      });
    }
  } catch (cause) {
    if (cause instanceof SwymcError) throw cause;
    fail("zip_damaged", { path, reason: `${entry.fileName}: ${(cause as Error).message}` });
  } finally {
    closeSync(target);
  }
}

function unsafe({ path }: ImportSource, member: string, problem: string): never {
  return fail("zip_unsafe", { path, member, problem });
}

function inMB(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
