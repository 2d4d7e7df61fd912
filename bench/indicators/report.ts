import { cpus } from "node:os";
import { different } from "./peers/different.ts";
import { peers } from "./peers/index.ts";
import { talibPeers } from "./peers/talib.ts";
import { PERIODS, type PeriodRow } from "./periods.ts";
import { npmPairs, type Row, summaryOf, talibPairs } from "./rows.ts";
import { SHAPES } from "./shapes.ts";
import { TALIB } from "./talib.ts";

export interface Report {
  readonly bars: number;
  readonly rounds: number;
  /** Its version; null where it is not installed. */
  readonly talib: string | null;
  readonly rows: readonly Row[];
  readonly periods: readonly PeriodRow[];
}

/** The report as Markdown, which a terminal shows well enough. */
export function markdown(report: Report): string {
  return [
    machine(report),
    ...summary(report),
    ...SHAPES.flatMap((shape) => {
      const rows = report.rows.filter((row) => row.shape === shape);
      return rows.length === 0 ? [] : [`### ${shape}`, timesTable(rows)];
    }),
    "### Periods",
    "ns per bar on the walk, into columns that are used again:",
    periodsTable(report.periods),
    "### Not compared",
    ...notes(report),
  ].join("\n\n");
}

function machine({ bars, rounds, talib }: Report): string {
  const date = new Date().toISOString().slice(0, 10);
  const c = talib === null ? "TA-Lib not installed, left out" : `TA-Lib ${talib} for Python`;
  return (
    `${date}, ${cpus()[0]?.model.trim()}, Node ${process.version}, ${c}: ns of CPU time per bar, ` +
    `median of ${rounds} rounds over ${bars.toLocaleString("en")} bars.`
  );
}

function summary({ rows }: Report): string[] {
  const { pairs, faster, median_ratio, slower, talib_pairs, talib_median_ratio } = summaryOf(rows);
  const lines = [
    `- Faster than the npm packages in ${faster} of ${pairs} pairs of an indicator and a package on a shape of data; ` +
      `the median of theirs ÷ ours is ${times(median_ratio)}.`,
    `- The median of ours ÷ TA-Lib's over ${talib_pairs} pairs is ${times(talib_median_ratio)}.`,
    ...slower.map(
      ({ library, indicator, shape, ratio }) =>
        `- Slower: ${indicator} than ${library} on ${shape}, ${times(ratio)}.`,
    ),
  ];
  const shapes = SHAPES.filter((shape) => rows.some((row) => row.shape === shape));
  const perShape = shapes.map((shape) => {
    const found = summaryOf(rows.filter((row) => row.shape === shape));
    return [
      shape,
      `${found.faster} of ${found.pairs}`,
      times(found.median_ratio),
      times(found.talib_median_ratio),
    ];
  });
  const header = ["data", "faster than npm", "npm ÷ swymc, median", "swymc ÷ TA-Lib, median"];
  return [lines.join("\n"), table([header, ...perShape])];
}

function timesTable(rows: readonly Row[]): string {
  const libraries = [...new Set(peers.map((peer) => peer.library)), TALIB];
  const header = [
    "indicator",
    "swymc",
    "reused",
    ...libraries,
    "slowest to fastest npm ÷ swymc",
    "swymc ÷ TA-Lib",
  ];
  return table([
    header,
    ...rows.map((row) => {
      const ratios = npmPairs([row]).map((pair) => pair.ratio);
      const c = talibPairs([row]).at(0);
      return [
        row.indicator,
        row.swymc.toFixed(1),
        row.reused.toFixed(1),
        ...libraries.map((library) => row.others[library]?.toFixed(1) ?? "–"),
        ratios.length === 0 ? "–" : `${times(Math.max(...ratios))}, ${times(Math.min(...ratios))}`,
        c === undefined ? "–" : times(c.ratio),
      ];
    }),
  ]);
}

function periodsTable(rows: readonly PeriodRow[]): string {
  return table([
    ["indicator", ...PERIODS.map(String), "2000 ÷ 20"],
    ...rows.map(({ indicator, times: found }) => [
      indicator,
      ...found.map((time) => time.toFixed(1)),
      times(found[3] / found[1]),
    ]),
  ]);
}

function notes({ rows }: Report): string[] {
  const kept = new Set(rows.map((row) => row.indicator));
  const otherwise = different
    .filter(({ indicator }) => kept.has(indicator))
    .map(({ libraries, indicator, why }) => `- ${indicator} of ${libraries.join(", ")}: ${why}.`);
  const cells = new Map<string, string[]>();
  for (const { indicator, shape, differ } of rows) {
    for (const [library, why] of Object.entries(differ)) {
      const key = `${indicator} of ${library}`;
      cells.set(key, [...(cells.get(key) ?? []), `${shape} (${why})`]);
    }
  }
  const onShapes = [...cells].map(([what, where]) => `- ${what} on ${where.join(", ")}.`);
  const allowed = [...peers, ...talibPeers.map((peer) => ({ ...peer, library: TALIB }))].flatMap(
    ({ library, indicator, dialect, note }) => {
      if (!kept.has(indicator)) return [];
      const convention =
        dialect === "tv" || library === TALIB ? [] : [`compared with our dialect ${dialect}`];
      const words = [...convention, ...(note === undefined ? [] : [note])].join("; ");
      return words === "" ? [] : [`- ${indicator} of ${library}: ${words}.`];
    },
  );
  return [
    "Computed otherwise, and not timed:",
    otherwise.join("\n"),
    "Values that differ from ours on some of the data, where they are not timed:",
    onShapes.join("\n"),
    "Compared to 1e-9 of the value, or of 1 where it is smaller, but for:",
    allowed.join("\n"),
  ];
}

function times(ratio: number | null): string {
  return ratio === null ? "–" : `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`;
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const text = lines.map(
    (line) => `| ${line.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`,
  );
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [text[0], rule, ...text.slice(1)].join("\n");
}
