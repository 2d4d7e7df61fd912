import { type Diagnostic, fail } from "../../../diagnostics/index.ts";
import { unitRange } from "../../time-values.ts";
import type { ImportFormat, ImportSource } from "../format.ts";
import { type Cell, jsonRows } from "../json-rows.ts";
import { type BarRow, stageRows } from "../lots.ts";
import { numberCell, volumeCell } from "../number-cell.ts";
import type { ImportOptions } from "../options.ts";
import type { Told } from "./told.ts";

interface ArrayFormat {
  readonly name: string;
  readonly title: string;
  readonly recognises: (source: ImportSource) => boolean;
  /** Where time, open, high, low, close and volume stand in a row. */
  readonly order: readonly number[];
  /** How many cells a row has. */
  readonly cells: number;
  readonly names: (source: ImportSource, options: ImportOptions) => Told;
  readonly warnings?: (source: ImportSource, options: ImportOptions) => readonly Diagnostic[];
}

/** A format whose files are JSON arrays of rows, times in ms. */
export function arrayFormat(format: ArrayFormat): ImportFormat {
  return {
    name: format.name,
    title: format.title,
    recognises: format.recognises,
    async stage(session, source) {
      const names = format.names(source, session.options);
      await stageRows(session, names, barRows(source, format));
      return { format: format.name, warnings: format.warnings?.(source, session.options) ?? [] };
    },
  };
}

async function* barRows(source: ImportSource, format: ArrayFormat): AsyncGenerator<BarRow[]> {
  let row = 0;
  for await (const lot of jsonRows(source, format.name)) {
    yield lot.map((cells) => barRow(cells, ++row));
  }

  function barRow(cells: Cell[], at: number): BarRow {
    if (cells.length !== format.cells) {
      fail("import_layout", {
        path: source.path,
        format: format.name,
        where: `row ${at}`,
        problem: `${cells.length} values instead of ${format.cells}`,
      });
    }
    const [time, open, high, low, close, volume] = format.order.map((k) => cells[k]);
    return [
      milliseconds(numberCell(time)),
      numberCell(open),
      numberCell(high),
      numberCell(low),
      numberCell(close),
      volumeCell(volume),
    ];
  }
}

/** Times of these formats are ms; a number that ms do not explain is no time. */
function milliseconds(time: number): number {
  const { least, below } = unitRange("ms");
  return time >= least && time < below ? time : Number.NaN;
}
