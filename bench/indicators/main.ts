/**
 * ns per bar of every indicator beside the npm packages and TA-Lib, in one run over the same bars:
 * `tsx bench/indicators/main.ts [--bars 1000000] [--rounds 9] [--only NAME]... [--shape NAME]... [--json] [--write]`.
 * A library is timed only after its values were found equal to ours. `--write` puts the tables into docs/benchmarks.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { indicators } from "../../src/indicators/registry.ts";
import { bundledWorker, forked, Stopwatch, type Timed } from "../kernels/measure.ts";
import { type Checked, check } from "./check.ts";
import { peers } from "./peers/index.ts";
import { timePeriods } from "./periods.ts";
import { markdown, type Report } from "./report.ts";
import { type Row, summaryOf } from "./rows.ts";
import { barsOf, SHAPES, type Shape } from "./shapes.ts";
import { hasTalib, TALIB, Talib } from "./talib.ts";
import { OURS, OURS_TALIB, REUSED, type Task } from "./task.ts";

const { values: flags } = parseArgs({
  options: {
    bars: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "9" },
    only: { type: "string", multiple: true, default: indicators.map((d) => d.name) },
    shape: { type: "string", multiple: true, default: [...SHAPES] },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const bars = Number(flags.bars);
const rounds = Number(flags.rounds);
const names = new Set(flags.only);
const shapes = SHAPES.filter((shape) => flags.shape.includes(shape));
for (const name of names) {
  if (!indicators.some((d) => d.name === name)) throw new Error(`no indicator is called ${name}`);
}
if (!hasTalib) console.error("TA-Lib is left out: no .venv, which `npm run pretest:oracle` makes");

const talib = hasTalib ? new Talib(bars) : undefined;
const version = (await talib?.load("walk, one bar", barsOf("walk", 1))) ?? null;
const path = bundledWorker(new URL("./worker.ts", import.meta.url), "indicators");
const libraries = [OURS, OURS_TALIB, REUSED, ...new Set(peers.map((peer) => peer.library))];
const workers = new Map<string, Timed>(
  libraries.map((library) => [library, forked(path, library, flags.bars)]),
);
if (talib !== undefined) workers.set(TALIB, talib);
const stopwatch = new Stopwatch(workers);

const rows: Row[] = [];
for (const shape of shapes) {
  const checked = await check(shape, names, talib);
  for (const { name } of indicators.filter((d) => names.has(d.name))) {
    rows.push(
      await row(
        name,
        shape,
        checked.filter((one) => one.indicator === name),
      ),
    );
  }
}
const periods = await timePeriods(stopwatch, names, rounds);
stopwatch.stop();

const report: Report = { bars, rounds, talib: version, rows, periods };
if (flags.write) write(markdown(report));
if (flags.json) {
  const summary = summaryOf(rows);
  console.log(JSON.stringify({ node: process.version, summary, ...report }, null, 2));
} else {
  console.log(markdown(report));
}

async function row(indicator: string, shape: Shape, checked: readonly Checked[]): Promise<Row> {
  const equal = checked.filter((one) => one.difference === null).map((one) => one.library);
  const task: Task = { indicator, shape };
  const ours = equal.includes(TALIB) ? [OURS, REUSED, OURS_TALIB] : [OURS, REUSED];
  const times = await stopwatch.measure(JSON.stringify(task), [...ours, ...equal], rounds);
  return {
    indicator,
    shape,
    swymc: times.get(OURS)!,
    reused: times.get(REUSED)!,
    talib: times.get(OURS_TALIB) ?? null,
    others: Object.fromEntries(equal.map((library) => [library, times.get(library)!])),
    differ: Object.fromEntries(
      checked.flatMap(({ library, difference }) =>
        difference === null ? [] : [[library, difference]],
      ),
    ),
  };
}

/** After the page's last lines of prose, which say how it is done. */
function write(tables: string): void {
  const page = new URL("../../docs/benchmarks.md", import.meta.url);
  const mark = "<!-- measured: npm run bench:indicators -- --write -->";
  const [prose] = readFileSync(page, "utf8").split(mark);
  writeFileSync(page, `${prose}${mark}\n\n${tables}\n`);
}
