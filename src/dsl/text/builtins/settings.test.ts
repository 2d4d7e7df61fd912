import { describe, expect, test } from "vitest";
import { builtins, languageRules, settingProblems, strategySettings } from "./index.ts";

describe("settings of a strategy", () => {
  test("leave capital, commission and slippage open where the script does", () => {
    expect(strategySettings({ title: "Bands" }, 5)).toEqual({
      title: "Bands",
      initial_capital: null,
      default_qty_type: "fixed",
      default_qty_value: 1,
      pyramiding: 1,
      commission_type: "percent",
      commission_value: null,
      slippage: null,
      process_orders_on_close: false,
      close_entries_rule: "FIFO",
      margin_long: 0,
      margin_short: 0,
      calc_on_order_fills: false,
      calc_on_every_tick: false,
      backtest_fill_limits_assumption: 0,
    });
  });

  test("have margins of 100 from version 6 on", () => {
    expect([1, 2, 3, 4, 5, 6].map((version) => strategySettings({}, version).margin_long)).toEqual([
      0, 0, 0, 0, 0, 100,
    ]);
    expect(strategySettings({ margin_short: 50 }, 6).margin_short).toBe(50);
    expect(strategySettings({ margin_long: 0 }, 6).margin_long).toBe(0);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [10, 10],
  ])("a pyramiding of %i lets %i entries stand in one direction", (given, entries) => {
    expect(strategySettings({ pyramiding: given }, 6).pyramiding).toBe(entries);
  });

  test("take what the script says", () => {
    const given = {
      initial_capital: 5000,
      default_qty_type: "percent_of_equity",
      default_qty_value: 25,
      commission_type: "cash_per_order",
      commission_value: 1.5,
      slippage: 2,
      process_orders_on_close: true,
      close_entries_rule: "ANY",
      calc_on_order_fills: true,
      backtest_fill_limits_assumption: 3,
    };
    expect(strategySettings(given, 4)).toMatchObject(given);
    expect(settingProblems(given)).toEqual([]);
  });

  test("are the constants of the language", () => {
    for (const [param, name] of [
      ["default_qty_type", "strategy.percent_of_equity"],
      ["default_qty_type", "strategy.cash"],
      ["commission_type", "strategy.commission.cash_per_contract"],
    ]) {
      const value = builtins(6).variable(name)?.value;
      if (value?.to !== "const") throw new Error(name);
      expect(settingProblems({ [param]: value.value })).toEqual([]);
    }
  });

  test("tell of words that are no choice and of numbers below 0", () => {
    expect(settingProblems({ close_entries_rule: "LIFO", slippage: -1 })).toEqual([
      { param: "close_entries_rule", value: "LIFO", choices: ["FIFO", "ANY"] },
      { param: "slippage", value: -1, choices: [] },
    ]);
  });

  test("are read from arguments of every version's strategy()", () => {
    const [{ params }] = builtins(3).functions("strategy");
    const names = params.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(["title", "shorttitle", "overlay"]);
    for (const key of Object.keys(strategySettings({}, 6))) expect(names).toContain(key);
  });
});

describe("rules of the versions", () => {
  test("change at 3, 5 and 6", () => {
    expect(languageRules(2)).toMatchObject({ selfReference: true, lookahead: true });
    expect(languageRules(3)).toMatchObject({ selfReference: false, lookahead: false });
    expect(languageRules(4)).toMatchObject({ boolDirection: true, when: true });
    expect(languageRules(5)).toMatchObject({
      boolDirection: false,
      when: true,
      numbersAsBools: true,
      lazyLogic: false,
      truncatingDivision: true,
      exitTakesNearer: false,
    });
    expect(languageRules(6)).toMatchObject({
      when: false,
      numbersAsBools: false,
      naBools: false,
      lazyLogic: true,
      truncatingDivision: false,
      exitTakesNearer: true,
      negativeIndices: true,
    });
  });
});
