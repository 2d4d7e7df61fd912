import { exportBars } from "../../data/export/export-bars.ts";
import { escapeTerminal } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { Context } from "../context.ts";
import type { ExportCommandOptions } from "./define-export.ts";

/** Writes the series asked for and says which they were. */
export async function runDataExport(
  { db, out, json, ...query }: ExportCommandOptions,
  { io }: Context,
): Promise<void> {
  const written = await exportBars(db, query, out);
  const series = written.map(({ from, to, ...rest }) => ({
    ...rest,
    ...{ from: isoTime(from), to: isoTime(to) },
  }));
  if (json) {
    io.out.write(`${JSON.stringify({ state: "ok", out, series })}\n`);
    return;
  }
  for (const { exchange, symbol, interval, bars, from, to } of series) {
    const names = [exchange, symbol, interval].filter((name) => name !== null).join(" ");
    io.out.write(`${escapeTerminal(`${names || "series"}: ${bars} bars, ${from} to ${to}`)}\n`);
  }
  io.out.write(`${escapeTerminal(`wrote ${out}`)}\n`);
}
