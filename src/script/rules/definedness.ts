import { indicator } from "../../indicators/registry.ts";
import type { BooleanNode, CompareNode, CrossNode, NumberNode } from "../../ir/index.ts";
import { hangsOn } from "./guards.ts";

/** Indicators that are defined on every bar after their warm-up, for sources that are. */
const STEADY: ReadonlySet<string> = new Set([
  "highest",
  "lowest",
  "sma",
  "ema",
  "rma",
  "wma",
  "std_dev",
  "atr",
  "change",
  "sum",
]);

/** The bar from which on a value is defined on every bar; Infinity where that is not certain. */
function definedFrom(node: NumberNode): number {
  switch (node.kind) {
    case "literal":
    case "param":
    case "flag":
      return 0;
    case "field":
      return node.field === "volume" ? Number.POSITIVE_INFINITY : 0;
    case "history":
      return definedFrom(node.source) + literal(node.offset);
    case "indicator":
      if (!STEADY.has(node.name)) return Number.POSITIVE_INFINITY;
      return most(node.sources.map(definedFrom)) + warmup(node);
    case "binary":
      return Number.POSITIVE_INFINITY;
  }
}

/** The first bar on which a value can be defined. */
function undefinedBefore(node: NumberNode): number {
  switch (node.kind) {
    case "literal":
    case "param":
    case "flag":
    case "field":
      return 0;
    case "history":
      return (
        undefinedBefore(node.source) + (node.offset.kind === "literal" ? node.offset.value : 0)
      );
    case "indicator": {
      const own = warmup(node);
      return most(node.sources.map(undefinedBefore)) + (Number.isFinite(own) ? own : 0);
    }
    case "binary":
      return Math.max(undefinedBefore(node.left), undefinedBefore(node.right));
  }
}

function warmup(node: Extract<NumberNode, { kind: "indicator" }>): number {
  if (node.params.some(({ kind }) => kind !== "literal")) return Number.POSITIVE_INFINITY;
  return indicator(node.name)!.warmup(node.params.map(literal), "tv");
}

function literal(node: NumberNode): number {
  return node.kind === "literal" ? node.value : Number.POSITIVE_INFINITY;
}

const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);

/**
 * Whether a leaf is defined on every bar on which all of `conjuncts` can be true, so that its negation means the same with
 * two truth values and with three. Prices of bars are taken to be defined; a bar without them ends all of this.
 */
export function definedWith(
  leaf: CompareNode | CrossNode,
  conjuncts: readonly BooleanNode[],
): boolean {
  const extra = leaf.kind === "cross" ? 1 : 0;
  const from = Math.max(definedFrom(leaf.left), definedFrom(leaf.right)) + extra;
  return from <= most(conjuncts.map(firstTrue));
}

/** Whether a value is defined on every bar on which all of `conjuncts` are true; one of them must ask for prices. */
export function certainWith(value: NumberNode, conjuncts: readonly BooleanNode[]): boolean {
  const asked = conjuncts.flatMap((one) =>
    one.kind === "compare" || one.kind === "cross" ? [one] : [],
  );
  if (asked.some(({ left, right }) => hangsOn(left, value) || hangsOn(right, value))) return true;
  return asked.length > 0 && definedFrom(value) <= most(asked.map(firstTrue));
}

/** A bar before which a condition cannot be true. */
function firstTrue(node: BooleanNode): number {
  switch (node.kind) {
    case "compare":
      return Math.max(undefinedBefore(node.left), undefinedBefore(node.right));
    case "cross":
      return Math.max(undefinedBefore(node.left), undefinedBefore(node.right)) + 1;
    default:
      return 0;
  }
}
