import { error } from "./entry.ts";
import { didYouMean, oneOf, quoted } from "./quote.ts";

export interface Named {
  readonly name: string;
  readonly suggestion: string | undefined;
  readonly known: readonly string[];
}

/** Diagnostics about a rule document against its schema: names, types and ranges. */
export const schemaDiagnostics = {
  unknown_property: error<Named>(
    ({ name }) => `unknown property ${quoted(name)}`,
    "Properties that the language does not know are refused: a rule that is silently dropped would be a wrong backtest.",
    didYouMean,
  ),
  missing_property: error<{ name: string; hint: string | undefined }>(
    ({ name }) => `property ${quoted(name)} is missing`,
    "A property without a default must be given.",
    ({ hint }) => hint,
  ),
  wrong_type: error<{ name: string; expected: string; found: string }>(
    ({ name, expected, found }) =>
      `${name === "" ? "the document" : quoted(name)} must be ${expected}, not ${found}`,
    "The value has another JSON type than the language needs there.",
  ),
  unknown_kind: error<Named & { what: "condition" | "expression" }>(
    ({ what, name }) => `unknown ${what} kind ${quoted(name)}`,
    "Conditions and expressions are told apart by their `kind`.",
    (p) =>
      p.suggestion === undefined && OTHER_FAMILY[p.what].includes(p.name)
        ? `${p.name} is ${p.what === "condition" ? "an expression; compare it with another by compare" : "a condition; an expression is a number"}`
        : didYouMean(p),
  ),
  unknown_strategy: error<Named>(
    ({ name }) => `unknown strategy type ${quoted(name)}`,
    "The `type` of a strategy is rule_based or the name of a built-in strategy.",
    didYouMean,
  ),
  unknown_function: error<Named>(
    ({ name }) => `unknown function ${quoted(name)}`,
    "The `name` of a func expression is the name of a registered indicator.",
    didYouMean,
  ),
  unknown_field: error<Named>(
    ({ name }) => `unknown field ${quoted(name)}`,
    "A field is a column of the bar.",
    didYouMean,
  ),
  unknown_interval: error<Named>(
    ({ name }) => `unknown bar interval ${quoted(name)}`,
    "Bar intervals come from one table; case matters.",
    didYouMean,
  ),
  unknown_value: error<Named & { property: string }>(
    ({ property, name }) => `${quoted(property)} cannot be ${quoted(name)}`,
    "The property takes one of a few words.",
    didYouMean,
  ),
  wrong_value: error<{ name: string; expected: string; found: string }>(
    ({ name, expected, found }) => `${quoted(name)} must be ${expected}, not ${found}`,
    "The property takes a single fixed value.",
  ),
  exactly_one: error<{ names: readonly string[]; given: readonly string[] }>(
    ({ names, given }) =>
      given.length === 0
        ? `one of ${oneOf(names)} is needed`
        : `${oneOf(given).replace(" or ", " and ")} exclude each other`,
    "An action has exactly one of quantity, size and close; a size one of percent_of_equity, cash, volatility_target and kelly; an exit one of percent, atr and ticks; a function one of field and source.",
    ({ names, given }) => (given.length === 0 ? undefined : `give exactly one of ${oneOf(names)}`),
  ),
  period_out_of_range: error<{ name: string; value: number; min: number; max: number }>(
    ({ name, value, min, max }) => `${quoted(name)} must be from ${min} to ${max}, not ${value}`,
    "Periods are whole numbers of bars from 1 to 100,000.",
  ),
  negative_offset: error<{ value: number }>(
    ({ value }) => `"offset" counts bars backwards and cannot be ${value}`,
    "Offsets are 0 or more: a rule that could look ahead would not be tradable.",
    ({ value }) =>
      value < 0
        ? `${-value} is the value ${-value === 1 ? "one bar" : `${-value} bars`} ago`
        : undefined,
  ),
  number_out_of_range: error<{ name: string; value: number; rule: string }>(
    ({ name, value, rule }) => `${quoted(name)} must be ${rule}, not ${value}`,
    "The number lies outside the range that the language allows there.",
  ),
  bad_quantity: error<{ name: string; found: string }>(
    ({ name, found }) => `${quoted(name)} must be a positive decimal, not ${found}`,
    'Quantities are positive decimal strings such as "0.001", with at most 15 digits before the point and 12 after it, so that sums of quantities are exact.',
  ),
  quantity_not_a_string: error<{ name: string; value: number }>(
    ({ name }) => `${quoted(name)} must be a decimal string`,
    "Quantities are strings, because JSON numbers are read as binary fractions.",
    ({ value }) => `write it in quotes: "${value}"`,
  ),
  bad_param_name: error<{ name: string }>(
    ({ name }) => `${quoted(name)} cannot be the name of a parameter`,
    "Parameter names have up to 64 letters, digits and underscores and begin with a letter; names of JavaScript's own, such as constructor, are refused.",
  ),
  bad_run_time: error<{ name: string; found: string }>(
    ({ name, found }) => `${quoted(name)} is no time: ${found}`,
    "Times are ISO 8601 with date and clock time; without a zone they are UTC.",
    () => "write it as 2025-01-31T00:00:00Z",
  ),
  open_orders: error<Record<never, never>>(
    () => "open orders at the start of a run are not supported",
    "`initial_state.instrument.orders` of a paper-run body must be empty.",
    () => "remove the orders",
  ),
  schema_violation: error<{ name: string; detail: string }>(
    ({ name, detail }) => `${name === "" ? "the document" : quoted(name)} ${detail}`,
    "The value breaks a rule of schemas/rules.schema.json that has no diagnostic of its own.",
  ),
};

const OTHER_FAMILY: Readonly<Record<"condition" | "expression", readonly string[]>> = {
  condition: ["literal", "field", "func", "bin_op"],
  expression: ["compare", "all_of", "any_of", "not", "position", "cross_over", "cross_under"],
};
