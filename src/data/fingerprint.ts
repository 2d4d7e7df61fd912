import { createHash } from "node:crypto";
import type { Bars } from "../vector/columns.ts";

const COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

/** SHA-256 of the bars' numbers, as hexadecimal digits: the same for the same bars from any kind of source. */
export function fingerprint(bars: Bars): string {
  const hash = createHash("sha256");
  for (const name of COLUMNS) hash.update(bytesOf(bars[name]));
  return hash.digest("hex");
}

function bytesOf(column: Float64Array): Uint8Array {
  // The sign and payload of na differ between sources.
  const canonical = column.some(Number.isNaN)
    ? column.map((v) => (Number.isNaN(v) ? Number.NaN : v))
    : column;
  return new Uint8Array(canonical.buffer, canonical.byteOffset, canonical.byteLength);
}
