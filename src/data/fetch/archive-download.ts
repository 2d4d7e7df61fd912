import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { type Diagnostic, diagnose, fail } from "../../diagnostics/index.ts";
import { type HttpAnswer, type HttpOptions, readBody, request, shownUrl } from "./http.ts";

/** A month of one-second bars has some 60 MB. */
const LARGEST_ARCHIVE = 2 ** 30;
const LARGEST_CHECKSUM = 4096;

export interface Download {
  /** What is doubtful about a download that was kept. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Downloads an archive to a file and compares it with the CHECKSUM that the server has beside it. Undefined where
 * there is no such archive (404). Fails, with the file unusable, where the two differ.
 */
export async function downloadArchive(
  url: string,
  file: string,
  http: HttpOptions,
): Promise<Download | undefined> {
  const found = await request({ url }, http, (answer) => save(answer, url, file), {
    retryBody: true,
  });
  if (found === undefined) return undefined;
  const expected = await publishedDigest(`${url}.CHECKSUM`, http);
  if (expected === undefined) {
    return {
      warnings: [diagnose("archive_checksum_missing", { url: `${shownUrl(url)}.CHECKSUM` })],
    };
  }
  if (expected !== found) fail("archive_checksum", { url: shownUrl(url), expected, found });
  return { warnings: [] };
}

/** Writes a body to a file and gives its SHA-256. */
async function save(answer: HttpAnswer, url: string, file: string): Promise<string | undefined> {
  if (answer.status === 404) return undefined;
  requireOk(answer, url);
  const hash = createHash("sha256");
  const target = openSync(file, "w", 0o600);
  try {
    let bytes = 0;
    for await (const chunk of answer.chunks) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST_ARCHIVE) {
        fail("fetch_too_large", { url: shownUrl(url), limit: LARGEST_ARCHIVE });
      }
      hash.update(chunk);
      for (let at = 0; at < chunk.byteLength; ) at += writeSync(target, chunk, at);
    }
  } finally {
    closeSync(target);
  }
  return hash.digest("hex");
}

async function publishedDigest(url: string, http: HttpOptions): Promise<string | undefined> {
  const read = async (answer: HttpAnswer) => {
    if (answer.status === 404) return undefined;
    requireOk(answer, url);
    return (await readBody(answer, url, LARGEST_CHECKSUM)).toString("latin1");
  };
  const text = await request({ url }, http, read, { retryBody: true });
  if (text === undefined) return undefined;
  const digest = /^\s*([0-9a-f]{64})(\s|$)/i.exec(text)?.[1];
  if (digest === undefined) {
    return fail("archive_checksum_unreadable", { url: shownUrl(url), found: text.slice(0, 60) });
  }
  return digest.toLowerCase();
}

function requireOk({ status }: HttpAnswer, url: string): void {
  if (status < 200 || status > 299) {
    fail("fetch_status", { url: shownUrl(url), status, attempts: 1 });
  }
}
