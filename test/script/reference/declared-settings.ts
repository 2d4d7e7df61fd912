import type { ScriptBrokerSettings } from "../../../src/backtest/script/settings.ts";
import type { Call, Script } from "../../../src/dsl/text/ast.ts";
import type { Value } from "./values.ts";

export type DeclaredSettings = {
  -readonly [K in keyof ScriptBrokerSettings]?: ScriptBrokerSettings[K];
};

const PLACES: Readonly<Record<number, keyof ScriptBrokerSettings>> = {
  6: "pyramiding",
  10: "backtest_fill_limits_assumption",
  11: "default_qty_type",
  12: "default_qty_value",
  13: "initial_capital",
  15: "slippage",
  16: "commission_type",
  17: "commission_value",
  18: "process_orders_on_close",
  19: "close_entries_rule",
  20: "margin_long",
  21: "margin_short",
};

/** The broker's settings that `strategy(…)` names. */
export function declaredSettings(
  script: Script,
  evaluate: (argument: Call["args"][number]) => Value,
): DeclaredSettings {
  const found: Record<string, Value> = {};
  for (const statement of script.body) {
    if (statement.kind !== "expression_statement") continue;
    const { expression } = statement;
    if (expression.kind !== "call" || expression.callee.text !== "strategy") continue;
    expression.args.forEach((argument, i) => {
      const name = argument.name?.text ?? PLACES[i];
      if (Object.values(PLACES).includes(name as keyof ScriptBrokerSettings))
        found[name] = evaluate(argument);
    });
  }
  return found as DeclaredSettings;
}
