import { BAR_COLUMNS, type BarColumns, extraNames } from "../columns.ts";

/** The columns of one series and the names it is told apart by; null where the source has none. */
export interface NamedColumns {
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly columns: BarColumns;
}

export const NAME_COLUMNS = ["exchange", "symbol", "interval"] as const;

/** What a file of several series holds: names that any of them has, and columns that any of them has. */
export function fileColumns(all: readonly NamedColumns[]): {
  names: (typeof NAME_COLUMNS)[number][];
  numbers: string[];
} {
  const names = NAME_COLUMNS.filter((name) => all.some((series) => series[name] !== null));
  const extras = new Set(all.flatMap(({ columns }) => extraNames(columns)));
  return { names, numbers: [...BAR_COLUMNS, ...extras] };
}
