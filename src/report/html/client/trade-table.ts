import { decimal, minute, money, plain, signedPercent, UNDEFINED_VALUE } from "../../format.ts";
import { h } from "./dom.ts";
import type { Report } from "./load.ts";
import { sortedTable } from "./sorted-table.ts";
import { toned } from "./tables.ts";

const PAGE = 25;

interface Column {
  readonly title: string;
  readonly name: string;
  cell(value: number): string | Node;
}

const when = (seconds: number) =>
  Number.isNaN(seconds) ? "open" : minute(new Date(1000 * seconds).toISOString());
const price = (value: number) => (Number.isNaN(value) ? UNDEFINED_VALUE : plain(value));

const COLUMNS: readonly Column[] = [
  { title: "Side", name: "trade.side", cell: (v) => (v > 0 ? "long" : "short") },
  { title: "Quantity", name: "trade.quantity", cell: plain },
  { title: "Entry", name: "trade.entry_time", cell: when },
  { title: "Price", name: "trade.entry_price", cell: price },
  { title: "Exit", name: "trade.exit_time", cell: when },
  { title: "Price", name: "trade.exit_price", cell: price },
  { title: "Bars", name: "trade.bars", cell: (v) => decimal(v, 0) },
  { title: "Return", name: "trade.return", cell: (v) => toned(v, signedPercent(v)) },
  { title: "Profit", name: "trade.pnl", cell: (v) => toned(v, money(v)) },
  { title: "Best", name: "trade.best", cell: signedPercent },
  { title: "Worst", name: "trade.worst", cell: signedPercent },
];

/** The trades by pages, sorted by the column whose head is clicked; a click on a row selects the trade. */
export function tradeTable(report: Report, select: (index: number) => void): HTMLElement {
  const { length } = report.column("trade.side");
  if (length === 0) return h("p", { class: "none" }, "No trades.");
  const names = report.data.symbols?.names ?? [];
  const symbol: Column = { title: "Symbol", name: "trade.symbol", cell: (v) => names[v] ?? "" };
  const columns = [...(names.length > 0 ? [symbol] : []), ...COLUMNS].map(
    ({ name, ...column }) => ({
      ...column,
      values: report.column(name),
    }),
  );
  return sortedTable(columns, {
    rows: Uint32Array.from({ length }, (_, i) => i),
    pageSize: PAGE,
    nameOf: (index) => String(index + 1),
    select,
  }).element;
}
