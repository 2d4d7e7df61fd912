/**
 * ns per bar of the kernels beside other libraries, in one run on the same prices:
 * `tsx bench/kernels/main.ts [--bars 1000000] [--rounds 15] [--json]`.
 * A library is timed only after its values were found equal to ours; known differences are named.
 */
import { parseArgs } from "node:util";
import { indicators } from "../../src/indicators/registry.ts";
import { OURS, OURS_NEW } from "./entries.ts";
import { bundledWorker, forked, Stopwatch } from "./measure.ts";
import { paramsOf, walk } from "./ours.ts";
import { difference } from "./parity.ts";
import { type Peer, peers } from "./peers.ts";

interface Row {
  readonly indicator: string;
  readonly params: readonly number[];
  /** Into a column that is used again. */
  readonly ns_per_bar: number;
  /** Into a new column each time. */
  readonly ns_per_bar_new_column: number;
  readonly peers: Record<string, { ns_per_bar: number | null; note: string | null }>;
  readonly best_peer: string | null;
  /** Best peer's time ÷ ours. */
  readonly ratio: number | null;
}

const { values: flags } = parseArgs({
  options: {
    bars: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "15" },
    json: { type: "boolean", default: false },
  },
});
const bars = Number(flags.bars);
const rounds = Number(flags.rounds);
const sample = walk(Math.min(bars, 20_000));
const libraries = [...new Set(peers.map((peer) => peer.library))];
const path = bundledWorker(new URL("./worker.ts", import.meta.url), "kernels");
const stopwatch = new Stopwatch(
  new Map(
    [OURS, OURS_NEW, ...libraries].map((library) => [library, forked(path, library, flags.bars)]),
  ),
);
const rows: Row[] = [];
// Only what another library has too is compared.
for (const { name } of indicators) {
  if (peers.some((peer) => peer.indicator === name)) rows.push(await row(name));
}
stopwatch.stop();

if (flags.json) {
  console.log(JSON.stringify({ bars, rounds, node: process.version, rows }, null, 2));
} else {
  console.log(table(rows));
}

async function row(name: string): Promise<Row> {
  const rivals = peers.filter((peer) => peer.indicator === name);
  const mismatch = new Map(rivals.map((peer) => [peer, difference(peer, sample)]));
  const timed = rivals.filter((peer) => mismatch.get(peer) === null).map((peer) => peer.library);
  const times = await stopwatch.measure(name, [OURS, OURS_NEW, ...timed], rounds);
  const best = [...timed].sort((a, b) => times.get(a)! - times.get(b)!).at(0);
  return {
    indicator: name,
    params: paramsOf(name),
    ns_per_bar: times.get(OURS)!,
    ns_per_bar_new_column: times.get(OURS_NEW)!,
    peers: Object.fromEntries(
      rivals.map((peer) => [
        peer.library,
        {
          ns_per_bar: times.get(peer.library) ?? null,
          note: noteOf(peer, mismatch.get(peer) ?? null),
        },
      ]),
    ),
    best_peer: best ?? null,
    ratio: best === undefined ? null : times.get(best)! / times.get(OURS)!,
  };
}

function noteOf(peer: Peer, mismatch: string | null): string | null {
  if (mismatch !== null) return `not timed, values differ at ${mismatch}`;
  const convention = peer.dialect === "tv" ? [] : [`compared with our dialect ${peer.dialect}`];
  return [...convention, ...(peer.note === undefined ? [] : [peer.note])].join("; ") || null;
}

function table(all: readonly Row[]): string {
  const lines = [
    ["kernel", "swymc", "new column", ...libraries, "best peer ÷ swymc"],
    ...all.map((r) => [
      `${r.indicator} ${r.params.join(" ")}`,
      r.ns_per_bar.toFixed(2),
      r.ns_per_bar_new_column.toFixed(2),
      ...libraries.map((library) => r.peers[library]?.ns_per_bar?.toFixed(1) ?? "–"),
      r.ratio === null ? "–" : `${r.ratio.toFixed(1)}×`,
    ]),
  ];
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const text = lines.map((line) =>
    line
      .map((cell, c) => cell.padEnd(widths[c]))
      .join("  ")
      .trimEnd(),
  );
  const notes = all.flatMap((r) =>
    Object.entries(r.peers).flatMap(([library, { note }]) =>
      note === null ? [] : [`  ${library} ${r.indicator}: ${note}`],
    ),
  );
  return [
    `ns of CPU time per bar, median of ${rounds} rounds over ${bars} bars, Node ${process.version}`,
    ...text,
    "Values were compared before timing. Differences allowed for:",
    ...notes,
  ].join("\n");
}
