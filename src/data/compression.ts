import * as zlib from "node:zlib";
import { fail } from "../diagnostics/index.ts";
import { decodeLz4Frame } from "./lz4.ts";

/** Decompression of Arrow buffers by LZ4 frames, what pandas and pyarrow write by default. */
export const lz4Codec = { decode: decodeLz4Frame };

/** Decompression by Zstandard where Node.js brings it (22.15 and later), else an error that says so. */
export function zstdCodec(path: string) {
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Uint8Array) => Uint8Array };
  return {
    decode: (bytes: Uint8Array): Uint8Array =>
      zstdDecompressSync === undefined
        ? fail("arrow_compression", { path, codec: "Zstandard" })
        : zstdDecompressSync(bytes),
  };
}
