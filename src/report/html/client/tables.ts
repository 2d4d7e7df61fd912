import type { MonthlyRow } from "../../../stats/analysis/index.ts";
import type { BenchmarkRow } from "../../benchmark-rows.ts";
import {
  decimal,
  formatMetric,
  minute,
  percent,
  signedPercent,
  UNDEFINED_VALUE,
} from "../../format.ts";
import type { Finding } from "../../validation/findings.ts";
import type { FunnelRow, ReportData, ReportDrawdown } from "../report-data.ts";
import { h } from "./dom.ts";

type Cell = string | Node;

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell))))),
    ),
  );
}

/** A figure with its sign in colour. */
export function toned(value: number, text: string): HTMLElement {
  return h("span", { class: value > 0 ? "gain" : value < 0 ? "loss" : "" }, text);
}

export function findings(list: readonly Finding[]): HTMLElement {
  return h(
    "div",
    { class: "findings" },
    ...list.map(({ label, value, meaning, tone }) =>
      h(
        "div",
        { class: `finding ${tone}` },
        h("div", { class: "label" }, label),
        h("div", { class: "value" }, value),
        h("div", { class: "meaning" }, meaning),
      ),
    ),
  );
}

/** Every metric for all trades, long and short ones, its definition beside it. */
export function sidesTable({ sides, definitions }: ReportData): HTMLElement {
  const rows = definitions.map(({ name, title, unit, formula }) => [
    title,
    ...sides.map(({ metrics }) =>
      formatMetric(unit, metrics[name as keyof typeof metrics] ?? null),
    ),
    h("span", { class: "definition" }, formula),
  ]);
  return table(["", ...sides.map(({ title }) => title), "Definition"], rows);
}

/** @param rows the first one is the head */
export function symbolTable([head, ...rows]: readonly string[][]): HTMLElement {
  return table(head ?? [], rows);
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Years down, months across, the strength of the colour by the size of the return. */
export function monthTable(years: readonly MonthlyRow[]): HTMLElement {
  const known = years.flatMap(({ months }) => months.filter((value) => value !== null));
  const largest = known.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const rows = years.map(({ year, months, total }) => [
    String(year),
    ...months.map((value) => (value === null ? "" : heat(value, largest))),
    total === null ? UNDEFINED_VALUE : toned(total, signedPercent(total)),
  ]);
  const found = table(["", ...MONTHS, "Year"], rows);
  found.classList.add("months");
  return found;
}

function heat(value: number, largest: number): HTMLElement {
  const cell = h("span", { class: value < 0 ? "heat loss" : "heat gain" }, decimal(value * 100, 1));
  cell.style.setProperty("--strength", String(Math.round(70 * (Math.abs(value) / largest))));
  return cell;
}

export function drawdownTable(drawdowns: readonly ReportDrawdown[]): HTMLElement {
  const rows = drawdowns.map(({ start, trough, end, depth, bars }) => [
    toned(-depth, percent(-depth)),
    minute(start),
    minute(trough),
    end === null ? "not yet" : minute(end),
    decimal(bars, 0),
  ]);
  return table(["Depth", "From", "Lowest", "Recovered", "Bars"], rows);
}

export function benchmarkTable(rows: readonly BenchmarkRow[]): HTMLElement {
  if (rows.length === 0) return h("p", { class: "none" }, "A return of either is undefined.");
  return table(
    ["", "Value", "Definition"],
    rows.map(({ title, value, meaning }) => [
      title,
      value,
      h("span", { class: "definition" }, meaning),
    ]),
  );
}

export function funnelTable(rows: readonly FunnelRow[]): HTMLElement {
  return table(
    ["Rule", "Condition", "Bars", "Held", "", "Last one missing"],
    rows.map(({ rule, condition, bars, held, lastMissing }) => [
      rule,
      h("code", {}, condition),
      decimal(bars, 0),
      decimal(held, 0),
      bars === 0 ? UNDEFINED_VALUE : percent(held / bars),
      decimal(lastMissing, 0),
    ]),
  );
}

export function settingsTable({ result, command }: ReportData): HTMLElement {
  const { settings, dataset } = result;
  const rows: [string, Cell][] = [
    ...(result.strategy_id === null
      ? []
      : [["strategy_id", h("code", {}, result.strategy_id)] as [string, Cell]]),
    ...Object.entries(dataset).map(([name, value]): [string, string] => [
      `data: ${name}`,
      text(value),
    ]),
    ...Object.entries(settings).flatMap(([name, value]) => settingRows(name, value)),
    ...(command === null ? [] : [["again", h("code", {}, command)] as [string, Cell]]),
  ];
  return table(["Setting", "Value"], rows);
}

/** A group of settings row by row, of which those that are off stand together. */
function settingRows(name: string, value: unknown): [string, string][] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return [[name, text(value)]];
  }
  const own = Object.entries(value);
  const off = own.filter(([, one]) => one === null).map(([key]) => key);
  return [
    ...own
      .filter(([, one]) => one !== null)
      .map(([key, one]): [string, string] => [`${name}: ${key}`, text(one)]),
    ...(off.length > 0 ? [[`${name}: off`, off.join(", ")] as [string, string]] : []),
  ];
}

function text(value: unknown): string {
  if (value === null) return UNDEFINED_VALUE;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
