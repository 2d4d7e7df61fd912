/** How an import takes a fault of its rows, and what becomes of a row whose fault is admitted. */
export interface Severity {
  readonly refused: boolean;
  /** `dropped` where no reader could use the bar, `kept` where it is stored as it is. */
  readonly admitted: "kept" | "dropped";
  readonly meaning: string;
}

/** Every fault that rows can have, by the name that `--allow` takes. */
export const SEVERITY = {
  bad_time: { refused: true, admitted: "dropped", meaning: "missing or unreadable time" },
  time_out_of_range: {
    refused: true,
    admitted: "dropped",
    meaning: "time before 1900 or after 2199",
  },
  time_below_ms: { refused: true, admitted: "dropped", meaning: "time between two milliseconds" },
  time_duplicated: {
    refused: true,
    admitted: "dropped",
    meaning: "a time that comes again with other values; the last of them is stored",
  },
  price_not_finite: {
    refused: true,
    admitted: "dropped",
    meaning: "missing, NaN or infinite price",
  },
  price_not_positive: { refused: true, admitted: "kept", meaning: "price of zero or below" },
  volume_not_finite: { refused: true, admitted: "dropped", meaning: "volume that is not a number" },
  high_below_low: { refused: true, admitted: "dropped", meaning: "high below low" },
  bar_inconsistent: {
    refused: true,
    admitted: "kept",
    meaning: "open or close outside low to high",
  },
  interval_too_long: { refused: true, admitted: "kept", meaning: "bars closer than the interval" },
  no_rows: {
    refused: true,
    admitted: "dropped",
    meaning: "a source without bars, or without bytes",
  },
  time_unsorted: {
    refused: false,
    admitted: "kept",
    meaning: "rows neither oldest nor newest first",
  },
  time_repeated: { refused: false, admitted: "dropped", meaning: "the same bar again" },
  time_gap: { refused: false, admitted: "kept", meaning: "bars missing between two" },
  time_misaligned: { refused: false, admitted: "kept", meaning: "time off the interval's grid" },
  price_spike: {
    refused: false,
    admitted: "kept",
    meaning: "a price far from the close before it",
  },
  volume_zero: { refused: false, admitted: "kept", meaning: "bar without volume" },
  volume_negative: { refused: false, admitted: "kept", meaning: "negative volume" },
} as const satisfies Record<string, Severity>;

export type FaultName = keyof typeof SEVERITY;

export const FAULT_NAMES = Object.keys(SEVERITY) as readonly FaultName[];
