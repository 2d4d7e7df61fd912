import type {
  Condition,
  Expression,
  NumberOrParam,
  Rule,
  StrategyDocument,
} from "../../src/dsl/document.ts";

/** Values of parameters by name. */
export type ParamValues = Readonly<Record<string, number>>;

/** A strategy with every parameter replaced by its number, and named strategies by the rules they stand for. */
export interface BoundStrategy {
  readonly rules: readonly Rule[];
  /** Minimum seconds between bars on which orders are placed. */
  readonly intervalSecs: number;
  /** Market making: fraction of the price between a limit buy and a limit sell. */
  readonly spread: { readonly fraction: number; readonly quantity: string } | null;
}

/** Binds a document: `params` override the declared defaults. */
export function bind(document: StrategyDocument, params: ParamValues = {}): BoundStrategy {
  const values: Record<string, number> = {};
  for (const [name, declared] of Object.entries(document.params ?? {})) {
    values[name] = params[name] ?? declared.default;
  }
  return expand(written(withoutParams(document), values) as StrategyDocument);
}

function withoutParams({ params: _, ...document }: StrategyDocument): StrategyDocument {
  return document as StrategyDocument;
}

/** `{param}` becomes its number; as a quantity, its decimal spelling. */
function written(value: unknown, values: ParamValues, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => written(item, values));
  if (typeof value !== "object" || value === null) return value;
  if ("param" in value && typeof value.param === "string") {
    const number = values[value.param];
    return key === "quantity" || key === "order_quantity" ? String(number) : number;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, written(item, values, name)]),
  );
}

function expand(document: StrategyDocument): BoundStrategy {
  if (document.type === "rule_based") {
    return { rules: document.rules, intervalSecs: 0, spread: null };
  }
  const intervalSecs = number(document.interval_secs, 5);
  if (document.type === "default") return { rules: [], intervalSecs, spread: null };
  const quantity = document.order_quantity as string;
  if (document.type === "simple_spread") {
    return {
      rules: [],
      intervalSecs,
      spread: { fraction: number(document.spread, 0.001), quantity },
    };
  }
  const [buy, sell] = conditionsOf(document);
  const rules: Rule[] = [
    { when: whileIn("flat", buy), then: { side: "buy", quantity } },
    { when: whileIn("long", sell), then: { side: "sell", quantity } },
  ];
  return { rules, intervalSecs, spread: null };
}

type RuleLike = Exclude<
  StrategyDocument,
  { readonly type: "rule_based" | "default" | "simple_spread" }
>;

function conditionsOf(document: RuleLike): [Condition, Condition] {
  switch (document.type) {
    case "ema_crossover": {
      const periods = {
        fast_period: number(document.fast_period, 12),
        slow_period: number(document.slow_period, 26),
      };
      return [
        { kind: "ema_crossover", ...periods, direction: "above" },
        { kind: "ema_crossover", ...periods, direction: "below" },
      ];
    }
    case "rsi_reversal": {
      const period = number(document.rsi_period, 14);
      const oversold = number(document.oversold, 30);
      const overbought = number(document.overbought, 70);
      return [
        { kind: "rsi", period, threshold: oversold, comparison: "below" },
        { kind: "rsi", period, threshold: overbought, comparison: "above" },
      ];
    }
    case "bollinger_breakout": {
      const bands = {
        period: number(document.period, 20),
        num_std_dev: number(document.num_std_dev, 2),
      };
      return [
        { kind: "bollinger", ...bands, band: "above_upper" },
        { kind: "bollinger", ...bands, band: "below_lower" },
      ];
    }
  }
}

function whileIn(state: "flat" | "long", condition: Condition): Condition {
  return { kind: "all_of", conditions: [{ kind: "position", state }, condition] };
}

/** A bound number, or its default where it is left out. */
export function number(value: NumberOrParam | undefined, otherwise?: number): number {
  if (typeof value === "number") return value;
  if (value === undefined && otherwise !== undefined) return otherwise;
  throw new Error(`not bound: ${JSON.stringify(value)}`);
}

/** A named condition as the comparison or cross it stands for; any other condition as it is. */
export function expandCondition(condition: Condition): Condition {
  const close: Expression = { kind: "field", field: "close" };
  const direction = (way: "above" | "below") => (way === "above" ? ">" : "<");
  switch (condition.kind) {
    case "ema_crossover":
      return {
        kind: condition.direction === "above" ? "cross_over" : "cross_under",
        left: { kind: "func", name: "ema", field: "close", period: condition.fast_period },
        right: { kind: "func", name: "ema", field: "close", period: condition.slow_period },
      };
    case "ema_trend":
      return {
        kind: "compare",
        left: close,
        op: direction(condition.direction),
        right: { kind: "func", name: "ema", field: "close", period: condition.period },
      };
    case "rsi":
      return {
        kind: "compare",
        left: { kind: "func", name: "rsi", field: "close", period: condition.period ?? 14 },
        op: direction(condition.comparison),
        right: { kind: "literal", value: condition.threshold },
      };
    case "bollinger":
      return {
        kind: "compare",
        left: close,
        op: condition.band === "above_upper" ? ">" : "<",
        right: {
          kind: "func",
          name: "bollinger",
          field: "close",
          period: condition.period ?? 20,
          num_std_dev: condition.num_std_dev ?? 2,
          output: condition.band === "above_upper" ? "upper" : "lower",
        },
      };
    case "price_level":
      return {
        kind: "compare",
        left: close,
        op: direction(condition.direction),
        right: { kind: "literal", value: condition.price },
      };
    default:
      return condition;
  }
}
