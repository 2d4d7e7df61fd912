type Sizing = { readonly size: object } | { readonly quantity: string };

export const ALL_IN: Sizing = { size: { percent_of_equity: 100 } };
export const ONE: Sizing = { quantity: "1" };

const average = (name: string, param: string) => ({
  kind: "func",
  name,
  field: "close",
  period: { param },
});

function rule(state: string, condition: object, then: object): object {
  return {
    when: { kind: "all_of", conditions: [{ kind: "position", state }, condition] },
    then,
  };
}

/** Buys where the fast average crosses over the slow one, sells where it crosses under. */
export function pairs(name: "sma" | "ema", sizing: Sizing, dialect = "tv"): object {
  const operands = { left: average(name, "fast"), right: average(name, "slow") };
  return {
    type: "rule_based",
    dialect,
    params: { fast: { default: 10 }, slow: { default: 20 } },
    rules: [
      rule("flat", { kind: "cross_over", ...operands }, { side: "buy", ...sizing }),
      rule("long", { kind: "cross_under", ...operands }, { side: "sell", close: true }),
    ],
  };
}

/** As {@link pairs}, closed by a stop and a target in percent too. */
export function stops(): object {
  const { params, ...document } = pairs("sma", ALL_IN) as { params: object };
  return {
    ...document,
    params: { ...params, stop: { default: 0.5 }, target: { default: 1 } },
    exits: {
      stop_loss: { percent: { param: "stop" } },
      take_profit: { percent: { param: "target" } },
    },
  };
}

/** Long while the fast average is above the slow one. */
export function state(): object {
  const operands = { left: average("sma", "fast"), right: average("sma", "slow") };
  return {
    type: "rule_based",
    params: { fast: { default: 10 }, slow: { default: 20 } },
    rules: [
      rule("flat", { kind: "compare", op: ">", ...operands }, { side: "buy", ...ALL_IN }),
      rule("long", { kind: "compare", op: "<=", ...operands }, { side: "sell", close: true }),
    ],
  };
}

/** Long after a cross over, short after a cross under, never flat in between. */
export function bothWays(dialect: string): object {
  const operands = { left: average("ema", "fast"), right: average("ema", "slow") };
  const over = { kind: "cross_over", ...operands };
  const under = { kind: "cross_under", ...operands };
  return {
    type: "rule_based",
    dialect,
    params: { fast: { default: 10 }, slow: { default: 20 } },
    rules: [
      rule("short", over, { side: "buy", close: true }),
      rule("flat", over, { side: "buy", ...ALL_IN }),
      rule("long", under, { side: "sell", close: true }),
      rule("flat", under, { side: "sell", ...ALL_IN }),
      rule("short", over, { side: "buy", ...ALL_IN }),
      rule("long", under, { side: "sell", ...ALL_IN }),
    ],
  };
}

/** Buys below a level of RSI, sells above another. */
export function levels(): object {
  const rsi = (comparison: string, param: string) => ({
    kind: "rsi",
    period: { param: "period" },
    threshold: { param },
    comparison,
  });
  return {
    type: "rule_based",
    params: {
      period: { default: 14 },
      entry: { default: 30 },
      exit: { default: 70 },
    },
    rules: [
      rule("flat", rsi("below", "entry"), { side: "buy", ...ALL_IN }),
      rule("long", rsi("above", "exit"), { side: "sell", close: true }),
    ],
  };
}
