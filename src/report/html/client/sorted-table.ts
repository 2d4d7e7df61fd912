import { decimal } from "../../format.ts";
import { h } from "./dom.ts";

/** A column of a sorted table; `values` decides the order, na last. */
export interface SortedColumn {
  readonly title: string;
  readonly values: Float64Array;
  cell(value: number): string | Node;
}

export interface SortedTable {
  readonly element: HTMLElement;
  /** Shows these rows only, in this order until a head is clicked. */
  show(rows: ArrayLike<number>): void;
}

/**
 * A table by pages, sorted by the column whose head is clicked; a click on a row selects it.
 * @param nameOf what the first cell of a row says
 */
export function sortedTable(
  columns: readonly SortedColumn[],
  {
    rows,
    pageSize,
    nameOf,
    select,
  }: {
    readonly rows: ArrayLike<number>;
    readonly pageSize: number;
    readonly nameOf: (row: number) => string;
    readonly select: (row: number) => void;
  },
): SortedTable {
  let order = Uint32Array.from(rows);
  let page = 0;
  let sorted = -1;
  let ascending = true;

  const body = h("tbody");
  const where = h("span");
  const heads = columns.map(({ title }, k) => {
    const button = h("button", { type: "button" }, title);
    button.addEventListener("click", () => sort(k));
    return h("th", { scope: "col" }, button);
  });
  const turn = (by: number) => {
    page = Math.max(0, Math.min(Math.ceil(order.length / pageSize) - 1, page + by));
    draw();
  };
  const button = (text: string, by: number) => {
    const made = h("button", { type: "button" }, text);
    made.addEventListener("click", () => turn(by));
    return made;
  };
  const pages = h("div", { class: "pages" }, button("‹ earlier", -1), where, button("later ›", 1));

  function sort(k: number): void {
    ascending = sorted === k ? !ascending : true;
    sorted = k;
    const { values } = columns[k]!;
    const sign = ascending ? 1 : -1;
    order.sort((a, b) => {
      const [left, right] = [values[a]!, values[b]!];
      // What has no value stands last either way.
      if (Number.isNaN(left) || Number.isNaN(right)) {
        return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
      }
      return sign * (left - right) || a - b;
    });
    mark();
    page = 0;
    draw();
  }

  function mark(): void {
    heads.forEach((head, i) => {
      if (i === sorted) head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  function draw(): void {
    const from = page * pageSize;
    const shown = Array.from(order.subarray(from, from + pageSize));
    body.replaceChildren(
      ...shown.map((index) => {
        const cells = columns.map(({ values, cell }) => h("td", {}, cell(values[index]!)));
        const row = h("tr", { tabindex: 0 }, h("td", {}, nameOf(index)), ...cells);
        row.addEventListener("click", () => select(index));
        row.addEventListener("keydown", (event) => {
          if (event.key === "Enter") select(index);
        });
        return row;
      }),
    );
    where.textContent =
      shown.length === 0
        ? "none"
        : `${from + 1} to ${from + shown.length} of ${decimal(order.length, 0)}`;
    pages.hidden = order.length <= pageSize;
  }

  draw();
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "#"), ...heads));
  const table = h("table", { class: "trades" }, head, body);
  return {
    element: h("div", {}, h("div", { class: "scroll" }, table), pages),
    show(chosen) {
      order = Uint32Array.from(chosen);
      sorted = -1;
      page = 0;
      mark();
      draw();
    },
  };
}
