import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { fail } from "../../diagnostics/index.ts";

const CHECKSUM = /^([0-9a-f]{64})(?:\s+\*?(\S+))?\s*$/i;
const LONGEST = 4096;

/** Compares an archive with the `.CHECKSUM` file beside it, where there is one. */
export async function verifyChecksum(path: string): Promise<void> {
  const beside = `${path}.CHECKSUM`;
  if (!existsSync(beside)) return;
  const { digest, name } = parseChecksum(beside);
  if (name !== undefined && name !== basename(path)) {
    fail("checksum_unreadable", { path: beside, content: `it names ${name}` });
  }
  const found = await sha256(path);
  if (found !== digest) fail("checksum_differs", { path, expected: digest, found });
}

function parseChecksum(path: string): { digest: string; name: string | undefined } {
  const text = statSync(path).size > LONGEST ? "it is too long" : readFileSync(path, "latin1");
  const match = CHECKSUM.exec(text);
  if (match === null) {
    return fail("checksum_unreadable", { path, content: JSON.stringify(text.slice(0, 100)) });
  }
  return { digest: match[1].toLowerCase(), name: match[2] };
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
