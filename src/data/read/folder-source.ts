import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../diagnostics/index.ts";
import { parsePartition, type SeriesKey } from "../archive/layout.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { DuckDBConnection } from "../duckdb.ts";
import type { SeriesNames } from "../series-text.ts";
import { mergeSeries } from "./merge-series.ts";
import { once } from "./once.ts";
import { openParquet } from "./parquet-relation.ts";
import { readSegments } from "./read-segments.ts";
import { openFileReader } from "./reader.ts";
import { seriesOf } from "./relation-source.ts";
import { ALL_TIME, type Segment, type Span } from "./segment.ts";
import type { BarSource } from "./source.ts";

interface PartFile {
  readonly path: string;
  readonly series: AvailableSeries;
  readonly segment: Segment;
}

const DEPTH = 4;

/** An archive folder on its own, without the database that it came from. A bar that stands in two of its files counts once. */
export async function openFolder(path: string): Promise<BarSource> {
  const reader = await openFileReader();
  try {
    const parts: PartFile[] = [];
    for (const { key, file } of listFiles(path)) {
      parts.push(...(await openPart(reader.connection, file, key)));
    }
    const segments = async (series: SeriesNames, span: Span) =>
      parts
        .filter((part) => sameNames(part.series, series) && meets(part.series, span))
        .map((part) => part.segment);
    return {
      path,
      keys: { exchange: 0, mode: undefined, product: undefined, symbol: 0, interval: 0 },
      series: once(() => listed(parts, segments)),
      find: async () => null,
      segments,
      close: reader.close,
    };
  } catch (cause) {
    reader.close();
    throw cause;
  }
}

async function listed(parts: readonly PartFile[], segments: BarSource["segments"]) {
  const all: AvailableSeries[] = [];
  for (const { series, overlaps } of mergeSeries([parts.map((part) => part.series)])) {
    if (!overlaps) all.push(series);
    else {
      const options = { columns: ["time"], source: "archive" };
      const { time } = await readSegments(await segments(series, ALL_TIME), ALL_TIME, options);
      all.push({ ...series, bars: time.length });
    }
  }
  return all;
}

async function openPart(
  connection: DuckDBConnection,
  path: string,
  key: SeriesKey,
): Promise<PartFile[]> {
  const bars = await openParquet(connection, path);
  const names = { mode: null, product: null, ...key };
  return (await seriesOf(bars)).map((series) => ({
    path,
    series: { ...series, ...names },
    segment: { ...bars, where: { sql: "", values: [] } },
  }));
}

/** The Parquet files of an archive, by name. Hidden and unfinished files do not count. */
function listFiles(root: string): { key: SeriesKey; file: string }[] {
  const found: { key: SeriesKey; file: string }[] = [];
  const walk = (folders: readonly string[]): void => {
    const entries = readdirSync(join(root, ...folders), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/^[._]/.test(entry.name)) continue;
      const within = [...folders, entry.name];
      if (entry.isDirectory() && folders.length < DEPTH) walk(within);
      else if (entry.name.endsWith(".parquet")) {
        const partition = parsePartition(folders);
        const file = join(root, ...within);
        if (partition === null) {
          fail("archive_layout", { path: root, reason: `${within.join("/")} lies outside of it` });
        }
        const { exchange, symbol, interval } = partition;
        found.push({ key: { exchange, symbol, interval }, file });
      }
    }
  };
  walk([]);
  return found.length > 0
    ? found
    : fail("archive_layout", { path: root, reason: "it holds no Parquet file" });
}

function sameNames(a: SeriesNames, b: SeriesNames): boolean {
  return a.exchange === b.exchange && a.symbol === b.symbol && a.interval === b.interval;
}

function meets(series: AvailableSeries, { from, to }: Span): boolean {
  return (series.from ?? Number.NaN) < to && (series.to ?? Number.NaN) >= from;
}
