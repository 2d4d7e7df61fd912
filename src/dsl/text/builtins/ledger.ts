import { LEDGER_FIELDS, TRADE_FIELDS } from "../core.ts";
import { fn, unsupported } from "./declare.ts";
import type { Signature, SignatureType, Variable } from "./signature.ts";
import { constant } from "./variables.ts";

const COUNTS: ReadonlySet<string> = new Set([
  "closedtrades",
  "opentrades",
  "wintrades",
  "losstrades",
  "eventrades",
]);
const LEDGER_TEXTS: ReadonlySet<string> = new Set(["position_entry_name", "account_currency"]);

/** Names of the language that are not `strategy.` and the name of the field. */
const LEDGER_NAMES: Readonly<Record<string, string>> = {
  opentrades_capital_held: "strategy.opentrades.capital_held",
};

export const ledgerVariables = (): readonly Variable[] => [
  ...LEDGER_FIELDS.map((field): Variable => {
    const type = LEDGER_TEXTS.has(field) ? "text" : COUNTS.has(field) ? "int" : "float";
    const fixed = field === "initial_capital" || field === "account_currency";
    return {
      name: LEDGER_NAMES[field] ?? `strategy.${field}`,
      type,
      qualifier: fixed ? "simple" : "series",
      value: { to: "ledger", field },
    };
  }),
  // Trades are not trimmed here.
  constant("strategy.closedtrades.first_index", 0),
];

/** The account's currency is that of the symbol here. */
export const ledgerFunctions = (): readonly Signature[] => [
  ...["account", "symbol"].map((to) =>
    fn(`strategy.convert_to_${to}(float value) -> float`, {
      to: "expression",
      make: ([value]) => value!,
    }),
  ),
  fn(
    "strategy.default_entry_qty(float fill_price) -> float",
    unsupported("reckon the quantity: strategy.equity / close, or a number of its own"),
  ),
];

const TRADE_INTS: ReadonlySet<string> = new Set([
  "entry_bar_index",
  "exit_bar_index",
  "entry_time",
  "exit_time",
]);
const TRADE_TEXTS: ReadonlySet<string> = new Set([
  "entry_id",
  "exit_id",
  "entry_comment",
  "exit_comment",
]);

export const tradeReads = (): readonly Signature[] =>
  (["closed", "open"] as const).flatMap((list) =>
    TRADE_FIELDS.filter((field) => list === "closed" || !field.startsWith("exit_")).map((field) => {
      const type: SignatureType = TRADE_TEXTS.has(field)
        ? "text"
        : TRADE_INTS.has(field)
          ? "int"
          : "float";
      return fn(`strategy.${list}trades.${field}(int trade_num) -> ${type}`, {
        to: "trade",
        list,
        field,
      });
    }),
  );

/** Constants of orders and settings. Up to version 4 a direction is a bool. */
export const strategyConstants = (version: number): readonly Variable[] => [
  constant("strategy.long", version <= 4 ? true : 1),
  constant("strategy.short", version <= 4 ? false : -1),
  constant("strategy.fixed", "fixed"),
  constant("strategy.cash", "cash"),
  constant("strategy.percent_of_equity", "percent_of_equity"),
  constant("strategy.commission.percent", "percent"),
  constant("strategy.commission.cash_per_contract", "cash_per_contract"),
  constant("strategy.commission.cash_per_order", "cash_per_order"),
  constant("strategy.oca.cancel", "cancel"),
  constant("strategy.oca.reduce", "reduce"),
  constant("strategy.oca.none", "none"),
  constant("strategy.direction.all", "all"),
  constant("strategy.direction.long", "long"),
  constant("strategy.direction.short", "short"),
];
