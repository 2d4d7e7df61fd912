/** The five price and volume columns that a rule can read. */
export const FIELDS = ["open", "high", "low", "close", "volume"] as const;
export type Field = (typeof FIELDS)[number];

/** All columns of the bars: `time`, epoch ms, is read by indicators whose definition says so. */
export const COLUMNS = [...FIELDS, "time"] as const;
export type Column = (typeof COLUMNS)[number];
