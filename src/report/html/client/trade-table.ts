import { decimal, minute, money, plain, signedPercent, UNDEFINED_VALUE } from "../../format.ts";
import { h } from "./dom.ts";
import type { Report } from "./load.ts";
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
  const columns = COLUMNS.map(({ name }) => report.column(name));
  const { length } = columns[0]!;
  if (length === 0) return h("p", { class: "none" }, "No trades.");
  const order = Uint32Array.from({ length }, (_, i) => i);
  let page = 0;
  let sorted = -1;
  let ascending = true;

  const body = h("tbody");
  const where = h("span");
  const heads = COLUMNS.map(({ title }, k) => {
    const button = h("button", { type: "button" }, title);
    button.addEventListener("click", () => sort(k));
    return h("th", { scope: "col" }, button);
  });
  const turn = (by: number) => {
    page = Math.max(0, Math.min(Math.ceil(length / PAGE) - 1, page + by));
    draw();
  };
  const button = (text: string, by: number) => {
    const made = h("button", { type: "button" }, text);
    made.addEventListener("click", () => turn(by));
    return made;
  };

  function sort(k: number): void {
    ascending = sorted === k ? !ascending : true;
    sorted = k;
    const values = columns[k]!;
    const sign = ascending ? 1 : -1;
    order.sort((a, b) => {
      const [left, right] = [values[a]!, values[b]!];
      // What has no value stands last either way.
      if (Number.isNaN(left) || Number.isNaN(right)) {
        return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
      }
      return sign * (left - right) || a - b;
    });
    heads.forEach((head, i) => {
      if (i === k) head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    page = 0;
    draw();
  }

  function draw(): void {
    const from = page * PAGE;
    const shown = Array.from(order.subarray(from, from + PAGE));
    body.replaceChildren(
      ...shown.map((index) => {
        const cells = COLUMNS.map(({ cell }, k) => h("td", {}, cell(columns[k]![index]!)));
        const row = h("tr", { tabindex: 0 }, h("td", {}, String(index + 1)), ...cells);
        row.addEventListener("click", () => select(index));
        row.addEventListener("keydown", (event) => {
          if (event.key === "Enter") select(index);
        });
        return row;
      }),
    );
    where.textContent = `${from + 1} to ${from + shown.length} of ${decimal(length, 0)}`;
  }

  draw();
  return h(
    "div",
    {},
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: "trades" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "#"), ...heads)),
        body,
      ),
    ),
    length > PAGE
      ? h("div", { class: "pages" }, button("‹ earlier", -1), where, button("later ›", 1))
      : null,
  );
}
