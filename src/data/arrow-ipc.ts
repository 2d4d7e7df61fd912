import { fail, SwymcError } from "../diagnostics/index.ts";
import type { RawBars } from "./arrow-read.ts";
import { type ArrowAnswer, ArrowReader, type ArrowRequest } from "./arrow-reader.ts";
import type { Dataset } from "./dataset.ts";
import { finishDataset, numberedRow } from "./finish.ts";
import type { BesideBars } from "./import/arrow-columns.ts";
import type { ImportOptions } from "./import/options.ts";
import { type LoadOptions, MAX_BARS, type TimeOptions } from "./options.ts";
import type { SourceFile } from "./source-kind.ts";
import type { TimeWindow } from "./time-range.ts";

/** Reads bars from an Arrow IPC file or stream. */
export async function loadArrow(
  file: SourceFile,
  options: LoadOptions,
  window: TimeWindow,
  reader?: ArrowReader,
): Promise<Dataset> {
  for (const key of ["mode", "product"] as const) {
    const value = options[key];
    if (value !== undefined) fail("selector_unknown", { key, value, known: [] });
  }
  const bars = await readArrow(file, options, file.path, reader);
  const origin = {
    source: file.path,
    exchange: options.exchange ?? null,
    mode: null,
    product: null,
    symbol: options.symbol ?? null,
    interval: null,
    available: [],
  };
  return finishDataset(bars, origin, options, window, numberedRow);
}

/** The columns of an Arrow file or stream. `shown` is what errors call it; a reader that is handed in stays open. */
export async function readArrow(
  file: Pick<SourceFile, "path" | "bytes">,
  options: Pick<LoadOptions, keyof TimeOptions | "maxBars" | "deadlineMs">,
  shown = file.path,
  reader?: ArrowReader,
): Promise<RawBars> {
  return (await ask(file, options, shown, reader)).bars;
}

/** The same with what an import keeps beside bars: the names of series, and further numbers. */
export async function readArrowForImport(
  file: Pick<SourceFile, "path" | "bytes">,
  options: Pick<ImportOptions, keyof TimeOptions | "map">,
  shown: string,
): Promise<{ bars: RawBars; beside: BesideBars }> {
  const { bars, beside } = await ask(file, options, shown, undefined, { map: options.map, shown });
  return { bars, beside: beside ?? { names: {}, extras: {} } };
}

async function ask(
  file: Pick<SourceFile, "path" | "bytes">,
  options: Pick<LoadOptions, keyof TimeOptions | "maxBars" | "deadlineMs">,
  shown: string,
  reader: ArrowReader | undefined,
  importing?: ArrowRequest["importing"],
): Promise<Extract<ArrowAnswer, { readonly bars: RawBars }>> {
  const { timeColumn, timeUnit, timeFormat, maxBars = MAX_BARS } = options;
  const deadline = options.deadlineMs ?? 10_000 + Math.ceil(file.bytes / 20_000);
  const asked = { path: file.path, timeColumn, timeUnit, timeFormat, maxBars };
  const request = importing === undefined ? asked : { ...asked, importing };
  const used = reader ?? new ArrowReader();
  try {
    const answer = await used.read(request, deadline);
    if ("diagnostics" in answer) throw new SwymcError(answer.diagnostics);
    if ("reason" in answer) fail("arrow_invalid", { path: shown, reason: answer.reason });
    return answer;
  } finally {
    if (used !== reader) await used.close();
  }
}
