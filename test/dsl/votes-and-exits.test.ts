import { describe, expect, test } from "vitest";
import { compile, type Program, run, signals } from "../../src/index.ts";
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
