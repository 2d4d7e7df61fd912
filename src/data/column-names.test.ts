import { describe, expect, it } from "vitest";
import { matchColumns } from "./column-names.ts";

const PRICES = ["open", "high", "low", "close"];

describe("column names", () => {
  it("recognises spellings without regard to case, spaces and punctuation", () => {
    expect(
      matchColumns([
        "<DTYYYYMMDD>",
        "Open Time",
        " OPEN",
        "h",
        "Low Price",
        "C",
        "Vol",
        "Close Time",
      ]),
    ).toMatchObject({ time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 });
  });

  it("reads close and not adj close of Yahoo's files", () => {
    const names = ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"];
    expect(matchColumns(names)).toMatchObject({ time: 0, close: 4, volume: 6 });
  });

  it("lets the plain name of a price win over its other spellings", () => {
    expect(matchColumns(["time", ...PRICES, "c", "volume", "tick_volume"])).toMatchObject({
      close: 4,
      volume: 6,
    });
  });

  it("leaves an absent volume undefined", () => {
    expect(matchColumns(["ts", ...PRICES]).volume).toBeUndefined();
  });

  it("refuses two time columns and says how to choose", () => {
    expect(() => matchColumns(["date", "time", ...PRICES])).toThrow(
      "column_ambiguous: several columns could be time: date, time",
    );
    expect(matchColumns(["date", "time", ...PRICES], "Time").time).toBe(1);
  });

  it("names what is missing and what there is", () => {
    expect(() => matchColumns(["ts", "open", "high", "low"])).toThrow(
      "column_missing: no column for close; the columns are: ts, open, high, low",
    );
  });

  it("refuses a column that occurs twice", () => {
    expect(() => matchColumns(["ts", ...PRICES, "Close"])).toThrow(
      'column_duplicated: the column "Close"',
    );
  });

  it("refuses a time column that does not exist", () => {
    expect(() => matchColumns(["ts", ...PRICES], "when")).toThrow(
      'time_column_unknown: no column "when"',
    );
  });
});
