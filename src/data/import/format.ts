import type { Diagnostic } from "../../diagnostics/index.ts";
import type { RowName } from "../faults.ts";
import type { ImportSession } from "./session.ts";

/** A file to import, and enough of it to tell its format. */
export interface ImportSource {
  /** What the user calls it; for a file of an archive `archive.zip/member.csv`. */
  readonly path: string;
  /** The name without folders, as a format's own naming rules see it. */
  readonly name: string;
  /** Where its bytes are: the path itself, or an unpacked copy in the session's scratch folder. */
  readonly file: string;
  /** The first bytes, up to 64 KiB, decompressed where the file is gzipped. */
  readonly head: Buffer;
}

/** What a staged source turned out to be. */
export interface Staged {
  /** Name of the format, for messages and reports: `binance_kline`. */
  readonly format: string;
  /** Names a row of `staged` by its position from 0; rows are told by `line` or counted without it. */
  readonly nameRow?: (index: number) => RowName;
  /** Whether prices are in units already, and the option `points` was heeded. */
  readonly scaled?: boolean;
  /** Whether its times are clock times without a zone, for the option `timezone` to place. */
  readonly localTimes?: boolean;
  /** What the format has to say beside what is found in the rows. */
  readonly warnings?: readonly Diagnostic[];
}

/**
 * A way to read one kind of source. `stage` fills the temporary table `staged` in the order of the source (see
 * `../store/staging.ts`), faults included: what is wrong with rows is found in one place, after staging.
 */
export interface ImportFormat {
  readonly name: string;
  readonly title: string;
  /** Whether this is such a source; the first of the list that says yes reads it. */
  readonly recognises: (source: ImportSource) => boolean;
  readonly stage: (session: ImportSession, source: ImportSource) => Promise<Staged>;
}

/** A file that holds others: each of its members is imported as a source of its own. */
export interface Container {
  readonly name: string;
  readonly recognises: (source: ImportSource) => boolean;
  readonly members: (session: ImportSession, source: ImportSource) => AsyncIterable<ImportSource>;
}
