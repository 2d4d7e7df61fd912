import { describe, expect, test } from "vitest";
import { compile, type Program, run, signals } from "../../src/index.ts";
import { Random } from "../../src/stats/validation/random.ts";
import { barsOf } from "../reference/bars.ts";

const above = (price: number) => ({ kind: "price_level", price, direction: "above" });
const buy = { side: "buy", quantity: "1" };

function compiled(document: object): Program {
  const { program, diagnostics } = compile(document);
  expect(diagnostics).toEqual([]);
  return program!;
}

const rule = (when: object, rest: object = {}) =>
  compiled({ type: "rule_based", rules: [{ when, then: buy }], ...rest });

const vote = (atLeast: unknown, ...prices: number[]) => ({
  kind: "any_of",
  at_least: atLeast,
  conditions: prices.map(above),
});

const fires = (program: Program, closes: number[], params = {}) =>
  Array.from(signals(program, barsOf(closes), { params }).getChild("rule_1_flat")!, Boolean);

describe("votes", () => {
  const closes = [5, 15, 25, 35];

  test("fire where so many conditions are true", () => {
    expect(fires(rule(vote(2, 10, 20, 30)), closes)).toEqual([false, false, true, true]);
    expect(fires(rule(vote(3, 10, 20, 30)), closes)).toEqual([false, false, false, true]);
  });

  test("are negated by what makes them impossible, and unknown where that is open", () => {
    const not = rule({ kind: "not", condition: vote(2, 10, 20, 30) });
    expect(fires(not, closes)).toEqual([true, true, false, false]);
    const sma = {
      kind: "compare",
      left: { kind: "func", name: "sma", field: "close", period: 3 },
      op: ">",
      right: { kind: "literal", value: 0 },
    };
    const open = { kind: "any_of", at_least: 2, conditions: [above(10), sma] };
    // On bar 1 one of two is true and the other unknown: neither the vote nor its negation holds.
    expect(fires(rule(open), closes)[1]).toBe(false);
    expect(fires(rule({ kind: "not", condition: open }), closes)[1]).toBe(false);
  });

  test("take a parameter, with the id of the number in its place", () => {
    const params = { votes: { default: 2, min: 1, max: 3, step: 1 } };
    const open = rule(vote({ param: "votes" }, 10, 20, 30), { params });
    for (const votes of [1, 2, 3]) {
      const written = rule(vote(votes, 10, 20, 30));
      expect(open.strategyId({ votes })).toBe(written.strategyId());
      expect(fires(open, closes, { votes })).toEqual(fires(written, closes));
    }
    expect(() => open.bind({ votes: 4 })).toThrow(/at most 3/);
  });

  test("of one and of all are any_of and all_of", () => {
    const plain = (kind: string) => rule({ kind, conditions: [above(1), above(2)] }).strategyId();
    expect(rule(vote(1, 1, 2)).strategyId()).toBe(plain("any_of"));
    expect(rule(vote(2, 1, 2)).strategyId()).toBe(plain("all_of"));
    expect(rule(vote(2, 1, 2, 3)).strategyId()).not.toBe(rule(vote(1, 1, 2, 3)).strategyId());
  });

  test("ask for the position too", () => {
    const flat = { kind: "position", state: "flat" };
    const program = rule({ kind: "any_of", at_least: 2, conditions: [flat, above(10), above(20)] });
    const table = signals(program, barsOf(closes));
    const of = (state: string) => Array.from(table.getChild(`rule_1_${state}`)!, Boolean);
    expect(of("flat")).toEqual([false, true, true, true]);
    expect(of("long")).toEqual([false, false, true, true]);
  });
});

describe("exits of a document", () => {
  const exits = { stop_loss: { percent: 2 } };

  test("belong to its identity, sizes do not, an empty block is none", () => {
    const without = rule(above(1)).strategyId();
    expect(rule(above(1), { exits: {} }).strategyId()).toBe(without);
    const two = rule(above(1), { exits }).strategyId();
    expect(two).not.toBe(without);
    expect(rule(above(1), { exits: { stop_loss: { percent: 3 } } }).strategyId()).not.toBe(two);
    expect(rule(above(1), { exits: { take_profit: { percent: 2 } } }).strategyId()).not.toBe(two);
    const params = { stop: { default: 9 } };
    const open = rule(above(1), { params, exits: { stop_loss: { percent: { param: "stop" } } } });
    expect(open.strategyId({ stop: 2 })).toBe(two);
    const atr = (more: object) =>
      rule(above(1), { exits: { stop_loss: { atr: { multiple: 2, ...more } } } });
    expect(atr({ period: 14 }).strategyId()).toBe(atr({}).strategyId());
    expect(atr({ period: 15 }).strategyId()).not.toBe(atr({}).strategyId());
  });

  test("count in the warm-up", () => {
    const program = rule(above(1), { exits: { stop_loss: { atr: { multiple: 2, period: 20 } } } });
    expect(program.warmup()).toBe(19);
  });

  test("close what the rules opened, and say so", () => {
    const { trades } = run(rule(above(1), { exits }), barsOf([100, 100, 100, 90, 90]));
    expect(trades.get(0)?.toJSON()).toMatchObject({ exit_price: 98, exit_reason: "stop_loss" });
  });

  test("in ticks need the size of a tick", () => {
    const program = rule(above(1), { exits: { stop_loss: { ticks: 5 } } });
    expect(() => run(program, barsOf([100, 100]))).toThrow(/exit_without_tick/);
    const { trades } = run(program, barsOf([100, 100, 99, 99]), { execution: { tick: 0.1 } });
    expect(trades.get(0)?.toJSON()).toMatchObject({ exit_reason: "stop_loss" });
  });

  test("run in an engine without generated code as well, bit for bit", () => {
    const document = { ...exits, trailing_stop: { atr: { multiple: 1, period: 2 } } };
    const program = rule(vote(2, 95, 97, 99), { exits: document });
    const bars = barsOf([100, 98, 99, 101, 96, 99, 103, 100, 97]);
    const [fused, plain] = (["fused", "interpreter"] as const).map((engine) =>
      Array.from(run(program, bars, { engine }).simulation.equity),
    );
    expect(fused).toEqual(plain);
  });
});

describe("exits of a named strategy", () => {
  const exits = { stop_loss: { percent: 2 }, take_profit: { percent: 3 } };
  const position = (state: string) => ({ kind: "position", state });
  const both = (condition: object, state: string) => ({
    kind: "all_of",
    conditions: [condition, position(state)],
  });
  const cross = (direction: string) => ({
    kind: "ema_crossover",
    fast_period: 3,
    slow_period: 8,
    direction,
  });
  const rsi = (threshold: number, comparison: string) => ({
    kind: "rsi",
    period: 5,
    threshold,
    comparison,
  });
  const band = (name: string) => ({ kind: "bollinger", period: 10, num_std_dev: 1, band: name });
  const random = new Random(5);
  let price = 100;
  const closes = Array.from({ length: 600 }, () => (price *= 0.97 + 0.06 * random.uniform()));

  test.each([
    ["ema_crossover", { fast_period: 3, slow_period: 8 }, cross("above"), cross("below")],
    ["rsi_reversal", { rsi_period: 5 }, rsi(30, "below"), rsi(70, "above")],
    [
      "bollinger_breakout",
      { period: 10, num_std_dev: 1 },
      band("above_upper"),
      band("below_lower"),
    ],
  ])(
    "are those of the rules that %s stands for, its leave a close",
    (type, numbers, enter, leave) => {
      const named = compiled({ type, ...numbers, order_quantity: "1", interval_secs: 0, exits });
      const rules = compiled({
        type: "rule_based",
        rules: [
          { when: both(enter, "flat"), then: buy },
          { when: both(leave, "long"), then: { side: "sell", close: true } },
        ],
        exits,
      });
      expect(named.strategyId()).toBe(rules.strategyId());
      // With a bar of latency a sale may come after the exit, and must not open a short position.
      const [one, other] = [named, rules].map((program) =>
        run(program, barsOf(closes), { delay: 1 })
          .trades.toArray()
          .map((row) => row.toJSON()),
      );
      expect(one).toEqual(other);
      const reasons = new Set(one!.flatMap((trade) => trade["exit_reason"] ?? []));
      expect(reasons).toEqual(new Set(["order", "stop_loss", "take_profit"]));
      expect(one!.every((trade) => trade["side"] === "long")).toBe(true);
    },
  );

  test("change nothing where they are left out or empty", () => {
    const document = { type: "rsi_reversal", order_quantity: "1" };
    const [without, empty] = [compiled(document), compiled({ ...document, exits: {} })];
    expect(empty.strategyId()).toBe(without.strategyId());
  });

  test.each(["simple_spread", "default"])("are refused by %s, which has no entry", (type) => {
    const { diagnostics } = compile({ type, order_quantity: "1", exits });
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown_property"]);
  });
});
