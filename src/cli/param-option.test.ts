import { expect, test } from "vitest";
import { paramOption } from "./param-option.ts";

test("collects repeated parameters", () => {
  expect({ ...paramOption("slow=26", paramOption("fast=12")) }).toEqual({ fast: 12, slow: 26 });
});

test.each(["fast", "=12", "fast=", ""])("refuses %j with an example", (text) => {
  expect(() => paramOption(text)).toThrow("Expected NAME=VALUE, such as fast=12.");
});

test("refuses what is no number, and a name given twice", () => {
  expect(() => paramOption("fast=ten")).toThrow("fast needs a finite number, not ten.");
  expect(() => paramOption("fast=13", { fast: 12 })).toThrow(
    "Parameter fast is given more than once.",
  );
});

test("takes names that mean something to JavaScript", () => {
  expect(Object.keys(paramOption("constructor=2", paramOption("__proto__=1")))).toEqual([
    "__proto__",
    "constructor",
  ]);
});
