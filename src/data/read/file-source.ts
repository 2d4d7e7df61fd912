import { openParquet } from "./parquet-relation.ts";
import { openFileReader } from "./reader.ts";
import { seriesIn } from "./series-in.ts";
import type { BarSource } from "./source.ts";

/** One Parquet file. */
export async function openFile(path: string): Promise<BarSource> {
  const reader = await openFileReader();
  try {
    const bars = await openParquet(reader.connection, path);
    const { list, find, rowsOf } = seriesIn(bars);
    const segments: BarSource["segments"] = async (series) => [rowsOf(series)];
    return { path, keys: bars.roles, series: list, find, segments, close: reader.close };
  } catch (cause) {
    reader.close();
    throw cause;
  }
}
