/** The five price and volume columns that a rule can read. */
export const FIELDS = ["open", "high", "low", "close", "volume"] as const;
export type Field = (typeof FIELDS)[number];
