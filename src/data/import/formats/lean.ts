import { fail } from "../../../diagnostics/index.ts";
import type { ImportFormat, ImportSource } from "../format.ts";
import type { ImportOptions } from "../options.ts";
import { type CsvTable, headCells, headLines, stageCsv } from "./csv-table.ts";

const MINUTES = /^(\d{4})(\d\d)(\d\d)_(\w+)_(minute|second)_trade\.csv$/i;
const HOURS = /^\d{8} \d\d:\d\d,/;
const ASSET = /(?:^|[\\/_])(equity|option|crypto|cryptofuture|forex|cfd|future|index)[\\/_]/i;
const FOLDERS =
  /(?:equity|crypto|cryptofuture|forex|cfd)[\\/]([a-z]+)[\\/](?:second|minute|hour|daily)[\\/]/i;
const RESOLUTION = /(?:^|[\\/_])(second|minute|hour|daily)[\\/_]/i;
const INTERVAL: Readonly<Record<string, string>> = {
  second: "1s",
  minute: "1m",
  hour: "1h",
  daily: "1d",
};
/** Prices of these are stored in ten-thousandths. */
const SCALED = /^(equity|option)$/i;
const SCALE = 10_000;
const WIDTH = 6;

/**
 * Trade bars of QuantConnect Lean: `yyyyMMdd HH:mm` or milliseconds since midnight of the day in the file's name;
 * prices of shares in ten-thousandths. Asset class, resolution and market are told by the folders.
 */
export const lean: ImportFormat = {
  name: "lean",
  title: "trade bars of QuantConnect Lean (zip of CSV)",
  recognises(source) {
    const [row = ""] = headLines(source, 1);
    const cells = headCells(row, ",");
    return (
      cells.length === WIDTH &&
      (HOURS.test(row) || (MINUTES.test(source.name) && /^\d+,/.test(row)))
    );
  },
  async stage(session, source) {
    const table = tableOf(source, session.options);
    return { ...(await stageCsv(session, source, "lean", table)), scaled: true };
  },
};

function tableOf(source: ImportSource, options: ImportOptions): CsvTable {
  const scale = scaleOf(source, options);
  const { path, name } = source;
  const minute = MINUTES.exec(name);
  const folder = minute?.[5] ?? RESOLUTION.exec(path)?.[1] ?? "";
  const symbol = minute?.[4].split("_")[0] ?? name.replace(/\.csv$/i, "");
  const price = (i: number) =>
    scale === 1 ? `r${i}` : `(try_cast(r${i} AS DOUBLE) / ${scale})::VARCHAR`;
  const day = minute && Date.UTC(Number(minute[1]), Number(minute[2]) - 1, Number(minute[3]));
  const time =
    day === null
      ? "r0"
      : "system.main.make_timestamp(?::BIGINT + try_cast(r0 AS BIGINT) * 1000)::VARCHAR";
  return {
    delimiter: ",",
    skip: 0,
    width: WIDTH,
    select: [
      ["time", time],
      ...["open", "high", "low", "close"].map((role, i) => [role, price(i + 1)] as const),
      ["volume", "r5"],
    ],
    values: day === null ? [] : [BigInt(day) * 1000n],
    told: {
      exchange: options.exchange === undefined ? FOLDERS.exec(path)?.[1].toLowerCase() : undefined,
      symbol: symbol.toUpperCase(),
      interval: INTERVAL[folder.toLowerCase()],
    },
    ...(day === null ? { timeFormat: "%Y%m%d %H:%M" } : {}),
  };
}

/** Shares are in ten-thousandths of a dollar, coins and currencies in units; the numbers alone do not tell. */
function scaleOf(source: ImportSource, { points }: ImportOptions): number {
  if (points !== undefined) return points;
  const asset = ASSET.exec(source.path)?.[1];
  if (asset !== undefined) return SCALED.test(asset) ? SCALE : 1;
  const [, price] = headCells(headLines(source, 1)[0], ",");
  const examples = `${SCALE} for shares, 1 for prices as they are`;
  return fail("import_scale_untold", { path: source.path, price, examples });
}
