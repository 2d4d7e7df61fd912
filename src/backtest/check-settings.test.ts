import { expect, test } from "vitest";
import { checkSettings } from "./check-settings.ts";
import { NO_MODELS } from "./execution-models.ts";

const usable = {
  cash: 10_000,
  commission: 0.001,
  slippage: 0,
  fill: "next_open",
  delay: 0,
  start: 0,
} as const;

test("usable settings have no problem", () => {
  expect(checkSettings(usable)).toEqual([]);
});

test("a lot is a text, whose decimals are exact", () => {
  const execution = { ...NO_MODELS, lot: "0.001" };
  expect(checkSettings({ ...usable, execution })).toEqual([]);
  const asNumber = { ...execution, lot: 0.001 as never };
  expect(checkSettings({ ...usable, execution: asNumber }).map((d) => d.message)).toEqual([
    "lot = 0.001: expected a positive decimal of at most 12 decimals, as a text",
  ]);
});

test("every unusable setting is named with what is expected", () => {
  const settings = { ...usable, cash: 0, commission: 1, slippage: Number.NaN, delay: 0.5 };
  expect(checkSettings(settings).map((d) => d.message)).toEqual([
    "cash = 0: expected a positive amount",
    "commission = 1: expected a fraction from 0 to below 1",
    "slippage = NaN: expected a fraction from 0 to below 1",
    "delay = 0.5: expected a whole number from 0 up",
  ]);
});
