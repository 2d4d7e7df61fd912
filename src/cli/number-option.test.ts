import { expect, test } from "vitest";
import { numberOption } from "./number-option.ts";

test.each([
  ["10", 10],
  ["0.1", 0.1],
  [".5", 0.5],
  ["1e3", 1000],
])("reads %s", (text, value) => {
  expect(numberOption({ min: 0 })(text)).toBe(value);
});

test.each(["", " ", "abc", "1,000", "0x10", "Infinity", "NaN", "1e999", "10%"])(
  "refuses %j",
  (text) => {
    expect(() => numberOption({})(text)).toThrow("Expected a number");
  },
);

test("names the bounds that a value misses", () => {
  expect(() => numberOption({ above: 0 })("0")).toThrow("Expected a number above 0.");
  expect(() => numberOption({ min: 0, below: 100 })("100")).toThrow(
    "Expected a number at least 0 and below 100.",
  );
  expect(() => numberOption({ integer: true, min: 4 })("4.5")).toThrow(
    "Expected a whole number at least 4.",
  );
});
