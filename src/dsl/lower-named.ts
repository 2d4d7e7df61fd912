import type { BooleanNode, IrProgram, IrRule, NumberNode, PositionState } from "../ir/index.ts";
import type { Condition, NamedStrategy } from "./document.ts";
import { lowerCondition } from "./lower-condition.ts";
import { lowerExits } from "./lower-exits.ts";
import { type Lowering, ROLES } from "./lower-params.ts";
import { lowerQuantity } from "./lower-sizing.ts";

type Body = Pick<IrProgram, "rules" | "cooldown" | "replaceOrders" | "exits">;

/** The rules that a named strategy stands for (SEMANTICS §2). */
export function lowerNamed(strategy: NamedStrategy, lowering: Lowering): Body {
  const cooldown = lowering.scalar(strategy.interval_secs ?? 5, ROLES.notNegative);
  if (strategy.type === "default") return { rules: [], cooldown, replaceOrders: false };
  if (strategy.type === "simple_spread")
    return { rules: quotes(strategy, lowering), cooldown, replaceOrders: true };

  const sizing = lowerQuantity(strategy.order_quantity, lowering);
  const exits = lowerExits(strategy.exits ?? {}, lowering);
  const { enter, leave } = longOnly(strategy);
  const when = (state: PositionState, condition: Condition): BooleanNode =>
    lowerCondition(
      { kind: "all_of", conditions: [condition, { kind: "position", state }] },
      lowering,
    );
  return {
    rules: [
      { when: when("flat", enter), side: "buy", sizing },
      // Late orders must not sell what an exit has sold.
      { when: when("long", leave), side: "sell", sizing: exits ? { kind: "close" } : sizing },
    ],
    ...(exits ? { exits } : {}),
    cooldown,
    replaceOrders: false,
  };
}

function longOnly(strategy: Exclude<NamedStrategy, { type: "default" | "simple_spread" }>): {
  enter: Condition;
  leave: Condition;
} {
  switch (strategy.type) {
    case "ema_crossover": {
      const periods = {
        kind: "ema_crossover",
        fast_period: strategy.fast_period ?? 12,
        slow_period: strategy.slow_period ?? 26,
      } as const;
      return {
        enter: { ...periods, direction: "above" },
        leave: { ...periods, direction: "below" },
      };
    }
    case "rsi_reversal": {
      const period = strategy.rsi_period ?? 14;
      return {
        enter: { kind: "rsi", period, threshold: strategy.oversold ?? 30, comparison: "below" },
        leave: { kind: "rsi", period, threshold: strategy.overbought ?? 70, comparison: "above" },
      };
    }
    case "bollinger_breakout": {
      const bands = {
        kind: "bollinger",
        period: strategy.period ?? 20,
        num_std_dev: strategy.num_std_dev ?? 2,
      } as const;
      return {
        enter: { ...bands, band: "above_upper" },
        leave: { ...bands, band: "below_lower" },
      };
    }
  }
}

/** Market making: a limit buy at close·(1 - spread/2) and a limit sell at close·(1 + spread/2). */
function quotes(
  strategy: Extract<NamedStrategy, { type: "simple_spread" }>,
  lowering: Lowering,
): IrRule[] {
  const { graph } = lowering;
  const spread = lowering.scalar(strategy.spread ?? 0.001, ROLES.positive);
  const half = graph.binary("div", spread, graph.literal(2));
  const price = (op: "add" | "sub"): NumberNode =>
    graph.binary("mul", graph.field("close"), graph.binary(op, graph.literal(1), half));
  const sizing = lowerQuantity(strategy.order_quantity, lowering);
  const when = graph.truth(true);
  return [
    { when, side: "buy", limit: price("sub"), sizing },
    { when, side: "sell", limit: price("add"), sizing },
  ];
}
