import { type ArchivedSeries, archiveBars } from "../../data/archive/archive-bars.ts";
import { parseMoment } from "../../data/index.ts";
import { escapeTerminal, fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { Context } from "../context.ts";
import type { ArchiveCommandOptions } from "./define-archive.ts";

/** Archives the older bars of every series and says which they were. */
export async function runDataArchive(
  { db, before, to, json }: ArchiveCommandOptions,
  { io }: Context,
): Promise<void> {
  const moment = parseMoment(before) ?? fail("date_option", { option: "--before", value: before });
  const done = await archiveBars(db, to, moment.ms, (series) => {
    if (!json) io.out.write(`${escapeTerminal(line(series))}\n`);
  });
  if (!json) return;
  const series = done.map(({ from, to: last, ...rest }) => ({
    ...rest,
    ...{ from: isoTime(from), to: isoTime(last) },
  }));
  io.out.write(`${JSON.stringify({ state: "ok", series })}\n`);
}

function line({ exchange, symbol, interval, bars, from, to, files }: ArchivedSeries): string {
  return `${exchange} ${symbol} ${interval}: ${bars} bars, ${isoTime(from)} to ${isoTime(to)}, in ${files.length} file${files.length === 1 ? "" : "s"}`;
}
