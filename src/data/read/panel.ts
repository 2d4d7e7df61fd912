import type { BarColumns } from "../columns.ts";

export type PanelJoin = "inner" | "outer" | "none";

/** Several series of one interval. */
export interface Panel {
  /** The common times; null where each series keeps its own. */
  readonly time: Float64Array | null;
  /** Columns by symbol, in the order asked for. Joined series share one `time`. */
  readonly columns: ReadonlyMap<string, BarColumns>;
}

/** Joins series on their times. */
export function joinPanel(all: ReadonlyMap<string, BarColumns>, join: PanelJoin): Panel {
  if (join === "none") return { time: null, columns: all };
  const times = [...all.values()].map((columns) => columns.time);
  if (times.length === 0) return { time: new Float64Array(0), columns: all };
  const time = times.reduce(join === "inner" ? common : either);
  const joined = new Map<string, BarColumns>();
  for (const [symbol, columns] of all) joined.set(symbol, onTimes(columns, time));
  return { time, columns: joined };
}

function onTimes(columns: BarColumns, time: Float64Array): BarColumns {
  const rows = positions(columns.time, time);
  const entries = Object.entries(columns).map(([name, values]) => {
    if (name === "time") return [name, time] as const;
    const out = new Float64Array(time.length);
    for (let i = 0; i < out.length; i++) out[i] = rows[i] < 0 ? Number.NaN : values[rows[i]];
    return [name, out] as const;
  });
  return Object.fromEntries(entries) as unknown as BarColumns;
}

/** For each wanted time its index in `time`, -1 where it is not there. */
function positions(time: Float64Array, wanted: Float64Array): Int32Array {
  const out = new Int32Array(wanted.length);
  let at = 0;
  for (let i = 0; i < wanted.length; i++) {
    while (at < time.length && time[at] < wanted[i]) at++;
    out[i] = at < time.length && time[at] === wanted[i] ? at : -1;
  }
  return out;
}

function common(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(Math.min(a.length, b.length));
  let n = 0;
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (a[i] === b[k]) out[n++] = a[i++];
    else if (a[i] < b[k]) i++;
    else k++;
  }
  return out.slice(0, n);
}

function either(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  let n = 0;
  for (let i = 0, k = 0; i < a.length || k < b.length; ) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[k] ?? Number.POSITIVE_INFINITY);
    if (a[i] === next) i++;
    if (b[k] === next) k++;
    out[n++] = next;
  }
  return out.slice(0, n);
}
