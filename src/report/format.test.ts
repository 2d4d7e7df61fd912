import { expect, test } from "vitest";
import { count, decimal, minute, money, percent, plain, signedPercent } from "./format.ts";

test("groups thousands and keeps two decimals", () => {
  expect(decimal(1234567.891)).toBe("1,234,567.89");
  expect(decimal(-1234.5)).toBe("-1,234.50");
});

test("never shows a negative zero", () => {
  expect(decimal(-0.001)).toBe("0.00");
  expect(percent(-0.00001)).toBe("0.00 %");
  expect(signedPercent(0.00001)).toBe("0.00 %");
});

test("shows fractions as percent, gains with a plus", () => {
  expect(percent(0.1234)).toBe("12.34 %");
  expect(signedPercent(0.1234)).toBe("+12.34 %");
  expect(signedPercent(-0.1234)).toBe("-12.34 %");
});

test("adds no digits to a number as it was given", () => {
  expect(plain(0.001)).toBe("0.001");
  expect(plain(0.1 + 0.2)).toBe("0.3");
});

test("leaves out seconds that are zero", () => {
  expect(minute("2024-01-01T05:00:00Z")).toBe("2024-01-01 05:00");
  expect(minute("2024-01-01T05:00:07Z")).toBe("2024-01-01 05:00:07");
});

test("counts in words", () => {
  expect(count(1, "order")).toBe("1 order");
  expect(count(2160, "bar")).toBe("2,160 bars");
});

test("shows amounts below one with their first digits", () => {
  expect(money(10729.168)).toBe("10,729.17");
  expect(money(0)).toBe("0.00");
  expect(money(-0.0043219)).toBe("-0.004322");
  expect(money(0.5)).toBe("0.50");
});
