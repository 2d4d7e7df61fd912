import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { compressionRegistry, tableFromIPC } from "apache-arrow";
import { fail, SwymcError } from "../diagnostics/index.ts";
import { FIELDS } from "../vector/columns.ts";
import { type RawBars, readTable } from "./arrow-read.ts";
import type { ArrowAnswer, ArrowRequest } from "./arrow-reader.ts";
import { lz4Codec, zstdCodec } from "./compression.ts";
import { type BesideBars, readForImport } from "./import/arrow-columns.ts";

parentPort?.on("message", (request: ArrowRequest) => {
  const answer = read(request);
  parentPort?.postMessage(answer, "bars" in answer ? buffersOf(answer) : []);
});
parentPort?.postMessage("ready");

function read(request: ArrowRequest): ArrowAnswer {
  try {
    compressionRegistry.set(0, lz4Codec);
    compressionRegistry.set(1, zstdCodec(request.path));
    const table = tableFromIPC(readFileSync(request.path));
    const limit = request.maxBars;
    if (table.schema.fields.length === 0) return { reason: "it has no columns" };
    if (table.numRows > limit) fail("too_many_bars", { bars: table.numRows, limit });
    const { importing } = request;
    if (importing === undefined) return { bars: detached(readTable(table, request)) };
    const { map, shown } = importing;
    const { bars, beside } = readForImport(table, { ...request, map }, shown);
    const extras = Object.entries(beside.extras).map(([name, values]) => [name, values.slice()]);
    return { bars: detached(bars), beside: { ...beside, extras: Object.fromEntries(extras) } };
  } catch (cause) {
    if (cause instanceof SwymcError) return { diagnostics: cause.diagnostics };
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Copies views of the file, so that each column can be handed over and the file forgotten. */
function detached(raw: RawBars): RawBars {
  const own = Object.fromEntries(
    (["time", ...FIELDS] as const).map((name) => [name, raw[name].slice()]),
  ) as Record<"time" | (typeof FIELDS)[number], Float64Array>;
  return { ...raw, ...own };
}

function buffersOf({ bars, beside }: { bars: RawBars; beside?: BesideBars }): ArrayBuffer[] {
  const columns = [
    ...(["time", ...FIELDS] as const).map((name) => bars[name]),
    ...Object.values(beside?.extras ?? {}),
    ...Object.values(beside?.names ?? {}).map(({ codes }) => codes),
  ];
  return columns.map((column) => column.buffer as ArrayBuffer);
}
