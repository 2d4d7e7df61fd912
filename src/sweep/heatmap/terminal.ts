import { escapeTerminal } from "../../diagnostics/index.ts";
import { heatScale } from "../../report/html/sweep/heat-scale.ts";
import type { HeatMap } from "./heat-grid.ts";

/** Colours of the 256-colour palette from worst to best. */
const COLOURS = [52, 88, 124, 130, 136, 142, 106, 70, 34, 40, 46];
const DIGITS = "0123456789";
const WIDEST = 50;
const TALLEST = 30;

/** A heat map as lines: colours where there are any, else a digit from 0 (worst) to 9 (best); `·` is undefined. */
export function heatLines(map: HeatMap, options: { readonly color: boolean }): string[] {
  const { x, y } = map;
  const scale = heatScale(map);
  const columns = thinned(x.values.length, WIDEST);
  const rows = thinned(y.values.length, TALLEST);
  const labels = rows.map(([row]) => label(y.values[row!]!));
  const width = Math.max(...labels.map((text) => text.length), 1);
  const cell = (value: number) => {
    if (Number.isNaN(value)) return "· ";
    const share = scale.share(value);
    if (!options.color) return `${DIGITS[Math.min(9, Math.floor(share * 10))]} `;
    const colour = COLOURS[Math.min(COLOURS.length - 1, Math.floor(share * COLOURS.length))];
    return `\u001b[48;5;${colour}m  \u001b[0m`;
  };
  const lines = rows.map((group, k) => {
    const cells = columns.map((some) => cell(bestOf(map, group, some, scale.share)));
    return `  ${labels[k]!.padStart(width)} ${cells.join("").trimEnd()}`;
  });
  const [first, last] = [label(x.values[0]!), label(x.values.at(-1)!)];
  const gap = Math.max(1, 2 * columns.length - first.length - last.length);
  const best = scale.bestCell;
  const at =
    best < 0
      ? ""
      : ` at ${escapeTerminal(x.name)} ${label(x.values[best % x.values.length]!)}, ${escapeTerminal(y.name)} ${label(y.values[Math.floor(best / x.values.length)]!)}`;
  return [
    `  ${escapeTerminal(y.name)} down, ${escapeTerminal(x.name)} across; best ${escapeTerminal(map.objective)} of each pair`,
    ...lines,
    `  ${" ".repeat(width)} ${first}${" ".repeat(gap)}${last}`,
    `  ${Number.isNaN(scale.best) ? "nothing is defined" : `from ${short(scale.worst)}${options.color ? "" : " (0)"} to ${short(scale.best)}${options.color ? "" : " (9)"}${at}`}`,
  ];
}

function bestOf(
  { cells, x }: HeatMap,
  rows: readonly number[],
  columns: readonly number[],
  share: (value: number) => number,
): number {
  let best = Number.NaN;
  for (const row of rows) {
    for (const column of columns) {
      const value = cells[row * x.values.length + column]!;
      if (!Number.isNaN(value) && !(share(value) <= share(best))) best = value;
    }
  }
  return best;
}

/** Places 0..count-1 in at most `most` groups of neighbours. */
function thinned(count: number, most: number): number[][] {
  const groups = Math.min(count, most);
  return Array.from({ length: groups }, (_, k) => {
    const from = Math.floor((k * count) / groups);
    const to = Math.floor(((k + 1) * count) / groups);
    return Array.from({ length: to - from }, (_, i) => from + i);
  });
}

function label(value: number | string): string {
  return typeof value === "number" ? short(value) : escapeTerminal(value);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
