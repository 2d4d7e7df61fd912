import { type Diagnostic, diagnose } from "../../diagnostics/index.ts";
import type { JsonTree } from "../json/tree.ts";
import { declaredParams } from "./param-refs.ts";
import { isObject, type JsonObject, walkObjects } from "./walk.ts";

/** Warnings about a strategy that is allowed but hardly meant, and positions asked for where there are none. */
export function checkConditions(strategy: JsonObject, at: string, tree: JsonTree): Diagnostic[] {
  const found = checkStrategy(strategy, at, tree);
  const misplaced = new Set<string>();
  walkObjects(strategy["rules"], `${at}/rules`, (object, pointer) => {
    found.push(...checkCondition(object, pointer, tree));
    if (object["kind"] !== "func") return;
    walkObjects(object["condition"], `${pointer}/condition`, (inner, place) => {
      if (inner["kind"] === "position") misplaced.add(place);
    });
  });
  for (const pointer of misplaced)
    found.push(diagnose("position_in_function", {}, tree.locate(pointer)));
  return found;
}

function checkStrategy(strategy: JsonObject, at: string, tree: JsonTree): Diagnostic[] {
  const { type, rules, oversold = 30, overbought = 70 } = strategy;
  if (type === "rule_based" && Array.isArray(rules) && rules.length === 0) {
    return [diagnose("no_rules", {}, tree.locate(`${at}/rules`))];
  }
  if (type === "ema_crossover")
    return samePeriods({ fast_period: 12, slow_period: 26, ...strategy }, at, tree);
  if (type !== "rsi_reversal") return [];
  const [low, high] = [oversold, overbought].map((level) => defaultOf(level, strategy));
  if (low === undefined || high === undefined || low < high) return [];
  const place = tree.locate(`${at}/${"oversold" in strategy ? "oversold" : "overbought"}`);
  return [diagnose("levels_reversed", { oversold: low, overbought: high }, place)];
}

/** A number, or the default of the parameter in its place. */
function defaultOf(value: unknown, strategy: JsonObject): number | undefined {
  if (typeof value === "number") return value;
  const name = isObject(value) ? value["param"] : undefined;
  const declared = typeof name === "string" ? declaredParams(strategy).get(name) : undefined;
  const number = isObject(declared) ? declared["default"] : undefined;
  return typeof number === "number" ? number : undefined;
}

function checkCondition(object: JsonObject, pointer: string, tree: JsonTree): Diagnostic[] {
  const { kind, conditions, threshold } = object;
  if (kind === "ema_crossover") return samePeriods(object, pointer, tree);
  if (kind === "rsi" && typeof threshold === "number" && (threshold < 0 || threshold > 100)) {
    const place = tree.locate(`${pointer}/threshold`);
    return [diagnose("threshold_beyond_rsi", { value: threshold }, place)];
  }
  const combines = kind === "all_of" || kind === "any_of";
  if (!combines || !Array.isArray(conditions)) return [];
  const votes = "at_least" in object ? checkVotes(object, conditions.length, pointer, tree) : [];
  if (conditions.length > 0 || votes.length > 0) return votes;
  return [diagnose("no_conditions", { kind }, tree.locate(`${pointer}/conditions`))];
}

/** The most conditions that votes are counted of: their number of combinations is worked out beforehand. */
const MOST_VOTERS = 32;

function checkVotes(
  { kind, at_least: needed }: JsonObject,
  voters: number,
  pointer: string,
  tree: JsonTree,
): Diagnostic[] {
  const place = tree.locate(`${pointer}/at_least`);
  if (kind === "all_of") return [diagnose("votes_of_all", {}, place)];
  if (voters > MOST_VOTERS)
    return [diagnose("too_many_voters", { voters, most: MOST_VOTERS }, place)];
  if (typeof needed !== "number" || needed <= Math.max(1, voters)) return [];
  return [diagnose("too_few_voters", { needed, voters }, place)];
}

function samePeriods(object: JsonObject, pointer: string, tree: JsonTree): Diagnostic[] {
  const { fast_period: fast, slow_period: slow } = object;
  const [a, b] = [fast, slow].map((one) => (isObject(one) ? `param ${one["param"]}` : one));
  if (a === undefined || a !== b) return [];
  return [diagnose("equal_periods", {}, tree.locate(`${pointer}/slow_period`))];
}
