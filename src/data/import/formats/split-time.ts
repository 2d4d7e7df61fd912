import { normalise } from "../../column-names.ts";
import { DELIMITERS, type Delimiter } from "../../csv-head.ts";
import type { ImportFormat, ImportSource } from "../format.ts";
import { headCells, headLines, stageCsv } from "./csv-table.ts";
import type { Told } from "./told.ts";

const CLOCK = /^\d{1,2}:\d\d(:\d\d)?$/;
/** `EURUSD_H1_201211140000_202203042300.csv`, as MetaTrader names its exports. */
const METATRADER =
  /^([A-Za-z0-9.#]+)_(M1|M3|M5|M15|M30|H1|H2|H4|H8|H12|Daily|Weekly|Monthly)(?:_\d{8,12}){0,2}\.csv$/;
const NAMED: Readonly<Record<string, string>> = { Daily: "1d", Weekly: "1w", Monthly: "1M" };

/**
 * Rows whose date and clock time are two columns: exports of MetaTrader (`<DATE>`, `<TIME>`) and files of backtrader,
 * whose header may name one of the two only.
 */
export const splitTime: ImportFormat = {
  name: "date_and_time",
  title: "CSV with date and time in two columns (MetaTrader, backtrader)",
  recognises: (source) => layoutOf(source) !== null,
  async stage(session, source) {
    const layout = layoutOf(source);
    const { delimiter, names, dotted } = layout as NonNullable<typeof layout>;
    const at = (name: string) => names.indexOf(name);
    const day = dotted ? `system.main.replace(r${at("date")}, '.', '-')` : `r${at("date")}`;
    const rest = names.flatMap((name, i) =>
      name === "date" || name === "time" ? [] : [[name, `r${i}`] as const],
    );
    return stageCsv(session, source, "date_and_time", {
      delimiter,
      skip: 1,
      width: names.length,
      select: [["time", `${day} || ' ' || r${at("time")}`], ...rest],
      told: metatraderName(source.name),
    });
  },
};

function layoutOf(
  source: ImportSource,
): { delimiter: Delimiter; names: string[]; dotted: boolean } | null {
  const [header = "", row = ""] = headLines(source, 2);
  const delimiter = DELIMITERS.find((one) => row.split(one).length >= 6);
  if (delimiter === undefined) return null;
  const cells = headCells(row, delimiter);
  let names = headCells(header, delimiter).map(normalise);
  if (names[0] === "date" && !names.includes("time") && cells.length === names.length + 1) {
    names = ["date", "time", ...names.slice(1)];
  }
  const clock = names.indexOf("time");
  if (!names.includes("date") || clock < 0 || !CLOCK.test(cells[clock] ?? "")) return null;
  // MetaTrader counts ticks; its second volume is mostly zero.
  if (names.includes("tickvol"))
    names = names.map((name) => (name === "vol" ? "real_volume" : name));
  return { delimiter, names, dotted: /^\d{4}\.\d\d\.\d\d$/.test(cells[names.indexOf("date")]) };
}

function metatraderName(name: string): Told {
  const match = METATRADER.exec(name);
  if (match === null) return {};
  const [, symbol, frame] = match;
  return { symbol, interval: NAMED[frame] ?? `${frame.slice(1)}${frame[0].toLowerCase()}` };
}
