import { fail } from "../../diagnostics/index.ts";
import type { NamedColumns } from "./named-columns.ts";
import { replaceFile } from "./replace-file.ts";
import { writeArrow } from "./write-arrow.ts";
import { writeCsv } from "./write-csv.ts";
import { writeParquet } from "./write-parquet.ts";

/** Formats of bars by the ending of the file's name. */
const WRITERS: Readonly<
  Record<string, (path: string, all: readonly NamedColumns[]) => Promise<void>>
> = {
  ".parquet": writeParquet,
  ".csv": writeCsv,
  ".csv.gz": (path, all) => writeCsv(path, all, { gzip: true }),
  ".arrow": writeArrow,
};

/** Fails where the ending of a name tells no format. */
export function checkSeriesPath(path: string): void {
  writerOf(path);
}

/** Writes series into one file, in the format of its ending; the whole file or nothing. */
export async function writeSeries(path: string, all: readonly NamedColumns[]): Promise<void> {
  const write = writerOf(path);
  await replaceFile(path, (temporary) => write(temporary, all));
}

function writerOf(path: string) {
  const ending = Object.keys(WRITERS).find((one) => path.toLowerCase().endsWith(one));
  return ending === undefined
    ? fail("export_format", { path, known: Object.keys(WRITERS) })
    : WRITERS[ending];
}
