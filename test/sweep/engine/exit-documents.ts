import fc from "fast-check";
import { BOTH_HIT } from "../../../src/backtest/execution-models.ts";
import { MANNERS, type Signals, type TradingCase, tradingCases } from "./trading-documents.ts";

const percent = (name: string) =>
  fc.constantFrom<object>(
    { percent: { param: name } },
    { percent: { param: name } },
    { percent: 1.3 },
  );
const ranges = (name: string) =>
  fc.constantFrom<object>(
    { atr: { multiple: { param: name }, period: { param: "range" } } },
    { atr: { multiple: 1.5, period: 3 } },
    { atr: { multiple: { param: name } } },
  );
const ticks = (name: string) =>
  fc.constantFrom<object>({ ticks: { param: `${name}_ticks` } }, { ticks: 40 });
const distance = (name: string) =>
  fc.oneof(percent(name), percent(name), ranges(name), ticks(name));

const exits = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ stop_loss: distance("stop"), take_profit: distance("target") }),
  },
  { weight: 1, arbitrary: fc.record({ stop_loss: distance("stop") }) },
  { weight: 1, arbitrary: fc.record({ take_profit: distance("target") }) },
);

const ALL_IN = { size: { percent_of_equity: 100 } };

/** Values of `stop`, `target`, `stop_ticks`, `target_ticks` and `range`. */
const levels = fc.tuple(
  fc.constantFrom(0.01, 0.5, 1, 2, 5),
  fc.constantFrom(0.01, 0.5, 1, 3, 40),
  fc.constantFrom(1, 20, 100.5),
  fc.constantFrom(1, 25, 200),
  fc.constantFrom(1, 2, 5),
);

interface Rule {
  readonly when: { readonly conditions: readonly object[] };
}

function opens({ when }: Rule): boolean {
  return JSON.stringify(when.conditions[0]).includes('"flat"');
}

/** Cases of a family of signals whose positions are also closed by a stop or a target. */
export function exitCases(signals: Signals): fc.Arbitrary<TradingCase> {
  return fc
    .record({
      given: tradingCases(signals),
      exits,
      bothHit: fc.constantFrom(...BOTH_HIT),
      tick: fc.constantFrom(0.01, 0.5, 0.3, null, null, null),
      values: fc.array(levels, { minLength: 5, maxLength: 40 }),
      rest: fc.constantFrom<"as it is" | "opens only" | "all in">(
        "as it is",
        "opens only",
        "all in",
        "all in",
      ),
    })
    .map(({ given, exits: block, bothHit, tick, values, rest }) => {
      const { params, rules, ...document } = given.document as {
        params: object;
        rules: readonly Rule[];
      };
      const inTicks = JSON.stringify(block).includes('"ticks"');
      const size = inTicks ? (tick ?? 0.01) : tick;
      return {
        ...given,
        document: {
          ...document,
          params: {
            ...params,
            stop: { default: 1 },
            target: { default: 2 },
            stop_ticks: { default: 20 },
            target_ticks: { default: 30 },
            range: { default: 3 },
          },
          rules:
            rest === "all in"
              ? MANNERS["long"]!(signals, ALL_IN, ALL_IN)
              : rest === "opens only"
                ? rules.filter(opens)
                : rules,
          exits: block,
        },
        // Rows of the same signals, as a grid has them.
        trials: given.trials.map((_, k) => [
          ...given.trials[k - (k % 6)]!,
          ...values[k % values.length]!,
        ]),
        execution: {
          ...given.execution,
          execution: { bothHit },
          ...(size === null ? {} : { tick: size }),
        },
      };
    });
}
