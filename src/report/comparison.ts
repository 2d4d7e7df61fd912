import { escapeTerminal } from "../diagnostics/index.ts";
import { METRICS } from "../stats/index.ts";
import type { Metrics } from "../stats/metrics.ts";
import { alignedTable } from "./aligned-table.ts";
import { formatMetric, minute, UNDEFINED_VALUE } from "./format.ts";

/** A run as a column of a comparison. */
export interface Compared {
  readonly name: string;
  readonly state: string;
  readonly strategy_id: string;
  readonly dataset: {
    readonly symbol: string | null;
    readonly interval: string | null;
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly metrics: Metrics | null;
}

/** Runs side by side, a metric a line, for people. Ends with a line end. */
export function comparison(runs: readonly Compared[]): string {
  const about: readonly (readonly [string, (run: Compared) => string])[] = [
    ["", ({ name }) => shortened(name)],
    ["State", ({ state }) => state],
    ["Strategy", ({ strategy_id }) => strategy_id.slice(0, 8)],
    ["Symbol", ({ dataset }) => dataset.symbol ?? UNDEFINED_VALUE],
    ["Interval", ({ dataset }) => dataset.interval ?? UNDEFINED_VALUE],
    ["From", ({ dataset }) => (dataset.from === null ? UNDEFINED_VALUE : minute(dataset.from))],
    ["To", ({ dataset }) => (dataset.to === null ? UNDEFINED_VALUE : minute(dataset.to))],
  ];
  const figures = METRICS.map(
    ({ name, title, unit }) =>
      [
        title,
        ({ metrics }: Compared) => formatMetric(unit, metrics === null ? null : metrics[name]),
      ] as const,
  );
  const rows = [...about, ...figures].map(([title, cell]) => [
    title,
    ...runs.map((run) => escapeTerminal(cell(run))),
  ]);
  return `${alignedTable(rows, { indent: "", left: (column) => column === 0 }).join("\n")}\n`;
}

function shortened(name: string): string {
  const file = name.split(/[\\/]/).pop()!;
  return file.length > 24 ? `${file.slice(0, 23)}…` : file;
}
