import type { StrategyDocument } from "../../src/dsl/document.ts";

/** The strategies of the reference runs as rule documents, quantity 1. */
export function goldenDocument(strategy: string): StrategyDocument {
  const rules = RULES[strategy.replace("_btcrossover", "")];
  return { type: "rule_based", rules: rules.map(([when, then]) => ({ when, then })) };
}

type Rules = NonNullable<(StrategyDocument & { type: "rule_based" })["rules"]>;
type Condition = Rules[number]["when"];
type Action = Rules[number]["then"];

const BUY: Action = { side: "buy", quantity: "1" };
const SELL: Action = { side: "sell", quantity: "1" };

function during(state: "flat" | "long" | "short", ...conditions: Condition[]): Condition {
  return { kind: "all_of", conditions: [{ kind: "position", state }, ...conditions] };
}

function emaCross(direction: "above" | "below"): Condition {
  return { kind: "ema_crossover", fast_period: 12, slow_period: 26, direction };
}

const SWEPT_LOW: Condition = {
  kind: "all_of",
  conditions: [
    {
      kind: "compare",
      left: { kind: "field", field: "low" },
      op: "<",
      right: { kind: "func", name: "lowest", field: "low", period: 20, offset: 1 },
    },
    {
      kind: "compare",
      left: { kind: "field", field: "close" },
      op: ">",
      right: { kind: "field", field: "high", offset: 1 },
    },
  ],
};

const SWEPT_HIGH: Condition = {
  kind: "all_of",
  conditions: [
    {
      kind: "compare",
      left: { kind: "field", field: "high" },
      op: ">",
      right: { kind: "func", name: "highest", field: "high", period: 20, offset: 1 },
    },
    {
      kind: "compare",
      left: { kind: "field", field: "close" },
      op: "<",
      right: { kind: "field", field: "low", offset: 1 },
    },
  ],
};

const RULES: Record<string, readonly (readonly [Condition, Action])[]> = {
  ema_cross_12_26: [
    [during("flat", emaCross("above")), BUY],
    [during("long", emaCross("below")), SELL],
  ],
  rsi14_reversal: [
    [during("flat", { kind: "rsi", period: 14, threshold: 30, comparison: "below" }), BUY],
    [during("long", { kind: "rsi", period: 14, threshold: 70, comparison: "above" }), SELL],
  ],
  bollinger_20_2_breakout: [
    [during("flat", { kind: "bollinger", period: 20, num_std_dev: 2, band: "above_upper" }), BUY],
    [during("long", { kind: "bollinger", period: 20, num_std_dev: 2, band: "below_lower" }), SELL],
  ],
  liquidity_sweep_20: [
    [during("flat", SWEPT_LOW), BUY],
    [during("long", SWEPT_HIGH), SELL],
    [during("flat", SWEPT_HIGH), SELL],
    [during("short", SWEPT_LOW), BUY],
  ],
};
