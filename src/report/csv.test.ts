import { expect, test } from "vitest";
import { csv, csvCell } from "./csv.ts";

test("writes a header and one line per row", () => {
  expect(
    csv(
      ["time", "equity"],
      [
        ["2024-01-01T00:00:00Z", 10000.5],
        ["2024-01-01T01:00:00Z", 1e-7],
      ],
    ),
  ).toBe("time,equity\n2024-01-01T00:00:00Z,10000.5\n2024-01-01T01:00:00Z,1e-7\n");
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["-1+cmd", "'-1+cmd"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
])("defuses %j, which a spreadsheet would run", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test("quotes commas, quotes and line ends", () => {
  expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"');
});

test("leaves negative numbers alone; null and na are empty", () => {
  expect(csvCell(-1.5)).toBe("-1.5");
  expect(csvCell(null)).toBe("");
  expect(csvCell(Number.NaN)).toBe("");
});
