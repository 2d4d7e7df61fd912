import { checkSeriesPath, writeSeries } from "../../data/export/write-series.ts";
import { resampleDataset, storeResampled } from "../../data/resample/resample-dataset.ts";
import { escapeTerminal } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { Context } from "../context.ts";
import { reportDiagnostics } from "../report-errors.ts";
import type { ResampleCommandOptions } from "./define-resample.ts";

/** Resamples one series into the database or a file. */
export async function runDataResample(
  options: ResampleCommandOptions,
  { io }: Context,
): Promise<void> {
  if (options.out !== undefined) checkSeriesPath(options.out);
  const series = await resampleDataset(options.db, options.to, {
    symbol: options.symbol,
    exchange: options.exchange,
    interval: options.interval,
    from: options.since,
    to: options.until,
    keepFirst: options.keepFirst,
    keepLast: options.keepLast,
  });
  const { exchange, symbol, interval, fromInterval, barsRead, columns } = series;
  const report =
    options.out === undefined
      ? await storeResampled(options.db, series, options.onConflict)
      : await writeSeries(options.out, [series]).then(() => null);
  const { time } = columns;
  const result = {
    ...{ exchange, symbol, from_interval: fromInterval, interval },
    ...{ bars_read: barsRead, bars: time.length },
    ...{ from: isoTime(time[0]), to: isoTime(time[time.length - 1]) },
    ...(report === null
      ? { out: options.out }
      : {
          inserted: report.inserted,
          unchanged: report.unchanged,
          replaced: report.replaced,
          kept: report.kept,
        }),
  };
  if (report !== null) reportDiagnostics(report.warnings, undefined, io);
  if (options.json) {
    io.out.write(`${JSON.stringify({ state: "ok", ...result })}\n`);
    return;
  }
  const where = report === null ? `written to ${options.out}` : `${report.inserted} inserted`;
  const line = `${exchange} ${symbol}: ${barsRead} bars of ${fromInterval} to ${time.length} of ${interval}, ${result.from} to ${result.to}: ${where}`;
  io.out.write(`${escapeTerminal(line)}\n`);
}
