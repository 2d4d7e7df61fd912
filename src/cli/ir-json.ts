import type { IrNode } from "../ir/index.ts";
import type { Program } from "../program/program.ts";

/** The IR as JSON: nodes by id, operands before users; `{"node": 3}` stands for node 3. */
export function irJson(
  program: Pick<Program, "ir" | "interval"> & { strategyId(): string; warmup(): number },
): string {
  const { dialect, params, nodes, rules, cooldown, replaceOrders } = program.ir;
  const json = {
    strategy_id: program.strategyId(),
    warmup: program.warmup(),
    candle_interval: program.interval,
    dialect,
    params,
    nodes: nodes.map((node) => ({ id: node.id, kind: node.kind, ...referring(node) })),
    rules: rules.map(referring),
    cooldown: reference(cooldown),
    replaceOrders,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function referring(object: object): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, reference(value)]));
}

function reference(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reference);
  if (typeof value !== "object" || value === null) return value;
  return isNode(value) ? { node: value.id } : referring(value);
}

function isNode(value: object): value is IrNode {
  return "id" in value && "stage" in value;
}
