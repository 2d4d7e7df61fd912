import { openParquet } from "./parquet-relation.ts";
import { openFileReader } from "./reader.ts";
import { segmentOf, seriesOf } from "./relation-source.ts";
import type { BarSource } from "./source.ts";

/** One Parquet file. */
export async function openFile(path: string): Promise<BarSource> {
  const reader = await openFileReader();
  try {
    const bars = await openParquet(reader.connection, path);
    const series = await seriesOf(bars);
    const segments = async (one: (typeof series)[number]) => [segmentOf(bars, one)];
    return { path, keys: bars.roles, series, segments, close: reader.close };
  } catch (cause) {
    reader.close();
    throw cause;
  }
}
