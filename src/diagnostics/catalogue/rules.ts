import { error, warning } from "./entry.ts";
import { oneOf, quoted } from "./quote.ts";
import { jsonDiagnostics } from "./rules-json.ts";
import { schemaDiagnostics } from "./rules-schema.ts";

/** Diagnostics about rule documents: their JSON, their schema, their meaning. */
export const rulesDiagnostics = {
  ...jsonDiagnostics,
  ...schemaDiagnostics,
  undeclared_param: error<{
    name: string;
    suggestion: string | undefined;
    known: readonly string[];
  }>(
    ({ name }) => `no parameter ${quoted(name)} is declared`,
    "Every parameter that is used is declared in the document's `params`, with its default.",
    ({ name, suggestion, known }) => {
      if (suggestion !== undefined) return `did you mean ${quoted(suggestion)}?`;
      return known.length > 0
        ? `declared are ${oneOf(known).replace(" or ", " and ")}`
        : `declare it: "params": { "${name.slice(0, 60)}": { "default": … } }`;
    },
  ),
  unused_param: warning<{ name: string }>(
    ({ name }) => `parameter ${quoted(name)} is never used`,
    "A declared parameter that nothing refers to has no effect; sweeping it would repeat the same run.",
  ),
  param_range: error<{ name: string; part: string; value: number; rule: string }>(
    ({ name, part, value, rule }) =>
      `parameter ${quoted(name)}: its ${part} ${value} must be ${rule}`,
    "A parameter's default lies within its own minimum and maximum, and the minimum is not above the maximum.",
  ),
  param_unfit: error<{ name: string; part: string; value: number; rule: string; pointer: string }>(
    ({ name, part, value, rule, pointer }) =>
      `parameter ${quoted(name)}: its ${part} ${value} does not suit ${pointer}, which must be ${rule}`,
    "Default, minimum, maximum and the steps of a parameter must suit every place that uses it, a period for instance whole numbers from 1.",
  ),
  equal_periods: warning<Record<never, never>>(
    () => "fast and slow period are the same, so the averages never cross",
    "An EMA crossover of two equal periods never fires.",
  ),
  levels_reversed: warning<{ oversold: number; overbought: number }>(
    ({ oversold, overbought }) =>
      `the oversold level ${oversold} is not below the overbought level ${overbought}`,
    "rsi_reversal buys below one level and sells above the other; it is meant to have a gap between them.",
  ),
  threshold_beyond_rsi: warning<{ value: number }>(
    ({ value }) => `the RSI runs from 0 to 100 and never passes ${value}`,
    "A threshold outside 0 to 100 makes the condition always true or always false.",
  ),
  no_rules: warning<Record<never, never>>(
    () => "the strategy has no rules and places no orders",
    "An empty list of rules is allowed and does nothing.",
  ),
  no_conditions: warning<{ kind: string }>(
    ({ kind }) => `${kind} of no conditions is always ${kind === "all_of" ? "true" : "false"}`,
    "An empty list of conditions is allowed: all_of is then true, any_of false.",
  ),
  votes_of_all: error<Record<never, never>>(
    () => "all_of needs all of its conditions, so it has no at_least",
    "`at_least` belongs to any_of: how many of its conditions must be true.",
    () => "write any_of, or leave at_least out",
  ),
  too_few_voters: error<{ needed: number; voters: number }>(
    ({ needed, voters }) => `at least ${needed} of ${voters} conditions can never be true`,
    "`at_least` is at most the number of conditions; with an empty list it cannot be met.",
  ),
  too_many_voters: error<{ voters: number; most: number }>(
    ({ voters, most }) => `votes are counted of at most ${most} conditions, not of ${voters}`,
    "`at_least` works on up to 32 conditions.",
    () => "group them into several any_of",
  ),
  position_in_function: error<Record<never, never>>(
    () => "a function's condition cannot ask for the position",
    "Functions such as barssince and valuewhen are computed for all bars before a position is known, so no `position` may stand in the condition they look back for.",
    () => "put the position beside it, in an all_of of the rule's condition",
  ),
  high_fees: warning<{ value: number }>(
    ({ value }) =>
      `fees_percent is a fraction: ${value} takes ${Number((value * 100).toPrecision(12))} % of every order's value`,
    "In spite of its name the original system multiplies the order's value by fees_percent. From 0.01 (1 %) up this is probably meant otherwise.",
    ({ value }) => `for ${value} % write ${Number((value / 100).toPrecision(12))}`,
  ),
  run_reversed: error<{ startsAt: string; finishesAt: string }>(
    ({ startsAt, finishesAt }) => `the run ends at ${finishesAt}, not after its start ${startsAt}`,
    "`starts_at` is before `finishes_at`.",
  ),
  missing_quote_balance: error<{ asset: string; known: readonly string[] }>(
    ({ asset }) => `no balance of the quote asset ${quoted(asset)} is given`,
    "The starting cash of a paper run is the free balance of the instrument's quote asset.",
    ({ known }) => (known.length === 0 ? undefined : `there are balances of ${oneOf(known)}`),
  ),
  several_quote_balances: error<{ asset: string }>(
    ({ asset }) => `the balance of the quote asset ${quoted(asset)} is given twice`,
    "The starting cash of a paper run must be one balance.",
  ),
};
