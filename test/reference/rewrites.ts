import type { Condition, StrategyDocument } from "../../src/dsl/document.ts";
import { expandCondition, number } from "./bind.ts";
import { pick, type Random } from "./random.ts";

/** A document rewritten at random; the result is a document again. */
export type Rewrite = (document: StrategyDocument, next: Random) => StrategyDocument;

/** Rewrites that say the same, or only what is no part of the identity (SEMANTICS §2), by name. */
export const KEEPING: Readonly<Record<string, Rewrite>> = {
  comments: (document, next) =>
    everywhere(document, (node) => {
      const { comment: _, ...rest } = node;
      return next() < 0.5 ? { ...rest, comment: pick(["", "*/ é\u202e", "x"], next) } : rest;
    }),

  candle_interval: (document, next) => ({
    ...document,
    candle_interval: pick(["1s", "4h", "1d", "1M"], next),
    $schema: "./rules.schema.json",
  }),

  quantities: (document, next) =>
    everywhere(document, (node) => {
      if ("order_quantity" in node) return { ...node, order_quantity: "7.25" };
      if (!("side" in node)) return node;
      const sizes = [
        { quantity: "0.123" },
        { size: { percent_of_equity: 5 } },
        { size: { cash: 3 } },
        { close: true },
      ];
      return { side: node["side"], ...pick(sizes, next) };
    }),

  defaults: (document, next) =>
    everywhere(next() < 0.5 ? { ...document, dialect: "tv" } : document, (node) => {
      const result = { ...node };
      for (const [name, value] of Object.entries(defaultsOf(node))) {
        if (next() < 0.5) continue;
        if (!(name in node)) result[name] = value;
        else if (node[name] === value) delete result[name];
      }
      return result;
    }),

  named_conditions: (document, next) =>
    everyCondition(document, (condition) =>
      next() < 0.5 ? expandCondition(condition) : condition,
    ),

  negations: (document, next) =>
    everyCondition(document, (condition) => (next() < 0.4 ? doublyNegated(condition) : condition)),
};

type Node = Readonly<Record<string, unknown>>;

/** What a member of the language is taken to say where it is left out. */
function defaultsOf(node: Node): Readonly<Record<string, number>> {
  const bands = { period: 20, num_std_dev: 2 };
  switch (node["kind"] ?? node["type"]) {
    case "field":
      return { offset: 0 };
    case "func":
      return node["name"] === "bollinger" ? { ...bands, offset: 0 } : { offset: 0 };
    case "rsi":
      return { period: 14 };
    case "bollinger":
      return bands;
    case "any_of":
      return { at_least: 1 };
    case "default":
      return { interval_secs: 5 };
    case "simple_spread":
      return { interval_secs: 5, spread: 0.001 };
    case "ema_crossover":
      // The condition must have its periods, the strategy need not.
      return node["kind"] ? {} : { interval_secs: 5, fast_period: 12, slow_period: 26 };
    case "rsi_reversal":
      return { interval_secs: 5, rsi_period: 14, oversold: 30, overbought: 70 };
    case "bollinger_breakout":
      return { interval_secs: 5, ...bands };
    default:
      return {};
  }
}

/** `not` over what pushing it to the leaves gives back. */
function doublyNegated(condition: Condition): Condition {
  const negated = (inner: Condition): Condition => ({ kind: "not", condition: inner });
  switch (condition.kind) {
    case "all_of":
    case "any_of":
      if (condition.at_least !== undefined && condition.conditions.length > 1)
        return negated({
          kind: "any_of",
          at_least: condition.conditions.length + 1 - number(condition.at_least),
          conditions: condition.conditions.map(negated),
        });
      return negated({
        kind: condition.kind === "all_of" ? "any_of" : "all_of",
        conditions: condition.conditions.map(negated),
      });
    case "compare": {
      const opposite = { ">": "<=", "<": ">=", ">=": "<", "<=": ">" } as const;
      if (condition.op === "==") return negated(negated(condition));
      return negated({ ...condition, op: opposite[condition.op] });
    }
    default:
      return negated(negated(condition));
  }
}

/** One change of logic at the place given by a number in [0, 1); null where the document has no such place. */
export type Change = (document: StrategyDocument, where: number) => StrategyDocument | null;

const bumped =
  (by: number) =>
  (value: unknown): unknown =>
    typeof value === "number" ? value + by : value;
const swapped =
  (...pairs: readonly (readonly [string, string])[]) =>
  (value: unknown): unknown => {
    const pair = pairs.find((names) => names.includes(value as string));
    return pair ? (pair[0] === value ? pair[1] : pair[0]) : value;
  };

/** Changes of logic: each must change the identity. */
export const CHANGING: Readonly<Record<string, Change>> = {
  period: changeOf(["period", "fast_period", "slow_period", "rsi_period"], bumped(1)),
  offset: changeOf(["offset"], bumped(1)),
  number: changeOf(["threshold", "price", "value"], bumped(0.5)),
  levels: changeOf(["oversold", "overbought"], (value) => (value as number) / 2),
  bands: changeOf(["num_std_dev"], bumped(0.25)),
  spread: changeOf(["spread"], (value) => (value as number) / 2),
  op: changeOf(["op"], swapped([">", "<"], [">=", "=="], ["add", "sub"], ["mul", "div"])),
  direction: changeOf(["direction", "comparison"], swapped(["above", "below"])),
  band: changeOf(["band"], swapped(["above_upper", "below_lower"])),
  state: changeOf(["state"], swapped(["flat", "long"], ["short", "flat"])),
  output: changeOf(["output"], swapped(["upper", "lower"], ["middle", "upper"])),
  field: changeOf(["field"], swapped(["open", "close"], ["high", "low"], ["volume", "close"])),
  side: changeOf(["side"], swapped(["buy", "sell"])),
  interval_secs: (document) =>
    document.type === "rule_based" ? null : { ...document, interval_secs: 61 },
  dialect: (document) => ({ ...document, dialect: "backtrader" }),
  rule_order: (document) => {
    if (document.type !== "rule_based") return null;
    const [first, ...rest] = document.rules;
    const last = rest.at(-1);
    if (!last || last.then.side === first.then.side) return null;
    return { ...document, rules: [...rest, first] };
  },
};

/** Changes the value of one of `keys`, somewhere. */
function changeOf(keys: readonly string[], change: (value: unknown) => unknown): Change {
  return (document, where) => {
    const places: [Record<string, unknown>, string][] = [];
    const copy = everywhere(structuredClone(document), (node) => node);
    visit(copy, (node) => {
      for (const key of Object.keys(node)) {
        const value = node[key];
        const usable = typeof value === "string" || typeof value === "number";
        if (!keys.includes(key) || !usable) continue;
        if (change(value) !== value) places.push([node, key]);
      }
    });
    if (places.length === 0) return null;
    const [node, key] = places[Math.floor(where * places.length)];
    node[key] = change(node[key]);
    return copy;
  };
}

function everywhere<T>(value: T, rewrite: (node: Node) => Node): T {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, rewrite)) as T;
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "params" ? item : everywhere(item as unknown, rewrite),
    ]),
  );
  return rewrite(inner) as T;
}

function everyCondition(
  document: StrategyDocument,
  rewrite: (condition: Condition) => Condition,
): StrategyDocument {
  return everywhere(document, (node) =>
    CONDITIONS.has(node["kind"])
      ? (rewrite(node as unknown as Condition) as unknown as Node)
      : node,
  );
}

const CONDITIONS = new Set<unknown>([
  "ema_crossover",
  "ema_trend",
  "rsi",
  "bollinger",
  "price_level",
  "position",
  "all_of",
  "any_of",
  "not",
  "compare",
  "cross_over",
  "cross_under",
]);

function visit(value: unknown, see: (node: Record<string, unknown>) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) see(value as Record<string, unknown>);
  for (const item of Object.values(value)) visit(item, see);
}
