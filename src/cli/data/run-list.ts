import { withStore } from "../../data/store/open-store.ts";
import { type SeriesSummary, summarise } from "../../data/store/summary.ts";
import { displayed, displayWidth } from "../../diagnostics/display.ts";
import type { Context } from "../context.ts";
import type { ListCommandOptions } from "./define-list.ts";

/** Lists the stored series. */
export async function runDataList(options: ListCommandOptions, { io }: Context): Promise<void> {
  const series = await withStore(options.db, { readOnly: true }, (store) =>
    summarise(store, options.calendar ?? "24x7"),
  );
  io.out.write(options.json ? `${JSON.stringify(series)}\n` : table(series));
}

function table(series: readonly SeriesSummary[]): string {
  const head = ["exchange", "symbol", "interval", "rows", "from", "to", "coverage"];
  const lines = series.map((one) => [
    one.exchange,
    one.symbol,
    one.interval,
    String(one.rows),
    one.from,
    one.to,
    `${one.coverage_pct} %`,
  ]);
  const shown = [head, ...lines].map((cells) => cells.map(displayed));
  const widths = head.map((_, i) => Math.max(...shown.map((cells) => displayWidth(cells[i]))));
  const pad = (cell: string, i: number) => cell + " ".repeat(widths[i] - displayWidth(cell));
  return shown.map((cells) => `${cells.map(pad).join("  ").trimEnd()}\n`).join("");
}
