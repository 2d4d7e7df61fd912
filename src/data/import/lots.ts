import { fail } from "../../diagnostics/index.ts";
import { MAX_BARS } from "../options.ts";
import { appendColumns, type StageColumns } from "../store/stage-columns.ts";
import { beginStaging } from "../store/staging.ts";
import type { ImportSession } from "./session.ts";

const LOT = 1 << 16;
const COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

/** Time in epoch ms, then open, high, low, close and volume; NaN for what a row does not have. */
export type BarRow = readonly [number, number, number, number, number, number];

/** Stages rows that come one by one, with the names that the source tells. */
export async function stageRows(
  { connection }: ImportSession,
  names: Pick<StageColumns, "exchange" | "symbol" | "interval">,
  lots: AsyncIterable<readonly BarRow[]>,
): Promise<number> {
  await beginStaging(connection);
  const columns = COLUMNS.map(() => new Float64Array(LOT));
  let filled = 0;
  let rows = 0;
  const flush = async () => {
    const named = COLUMNS.map((name, k) => [name, columns[k].subarray(0, filled)]);
    await appendColumns(connection, { ...names, ...Object.fromEntries(named) } as StageColumns);
    filled = 0;
  };
  for await (const lot of lots) {
    rows += lot.length;
    if (rows > MAX_BARS) fail("too_many_bars", { bars: rows, limit: MAX_BARS });
    for (const row of lot) {
      for (let k = 0; k < columns.length; k++) columns[k][filled] = row[k];
      if (++filled === LOT) await flush();
    }
  }
  if (filled > 0) await flush();
  return rows;
}
