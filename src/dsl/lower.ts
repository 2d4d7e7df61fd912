import { indicator } from "../indicators/registry.ts";
import { Graph, type IrProgram, type IrRule } from "../ir/index.ts";
import type { RuleBasedStrategy, StrategyDocument } from "./document.ts";
import { lowerCondition } from "./lower-condition.ts";
import { lowerExits } from "./lower-exits.ts";
import { lowerNamed } from "./lower-named.ts";
import { type Lowering, ParamUses } from "./lower-params.ts";
import { lowerSizing } from "./lower-sizing.ts";

/** A checked strategy document as IR. Cannot fail: every check has been made before. */
export function lower(strategy: StrategyDocument): IrProgram {
  const graph = new Graph();
  const uses = new ParamUses(strategy.params ?? {});
  const lowering: Lowering = {
    graph,
    scalar: (value, role) =>
      typeof value === "number" ? graph.literal(value) : graph.param(uses.use(value.param, role)),
  };
  const body =
    strategy.type === "rule_based"
      ? lowerRuleBased(strategy, lowering)
      : lowerNamed(strategy, lowering);
  return {
    dialect: strategy.dialect ?? "tv",
    nodes: graph.nodes,
    params: uses.specs(),
    ...body,
  };
}

function lowerRuleBased(strategy: RuleBasedStrategy, lowering: Lowering) {
  const rules = lowerRules(strategy, lowering);
  const exits = lowerExits(strategy.exits ?? {}, lowering);
  return {
    rules,
    ...(exits ? { exits } : {}),
    cooldown: lowering.graph.literal(0),
    replaceOrders: false,
  };
}

function lowerRules(strategy: RuleBasedStrategy, lowering: Lowering): IrRule[] {
  return strategy.rules.map((rule) => ({
    when: lowerCondition(rule.when, lowering),
    side: rule.then.side,
    sizing: lowerSizing(rule.then, lowering),
  }));
}

/** How the verifier and the lowering see a registered indicator. */
export function indicatorShape(name: string) {
  const definition = indicator(name);
  return (
    definition && {
      outputs: definition.outputs,
      sources: definition.sources.length,
      params: definition.params.length,
    }
  );
}
