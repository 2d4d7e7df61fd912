import { error, warning } from "./entry.ts";
import { quoted } from "./quote.ts";

/** Diagnostics of writing a strategy in the other language. */
export const counterpartDiagnostics = {
  rules_no_counterpart: error<{ construct: string; advice: string }>(
    ({ construct }) => `${construct} has no counterpart in rule documents`,
    "A rule document holds conditions on prices, indicators and the position, and market orders; a script may do more. What cannot be said there is named, each with its place.",
    ({ advice }) => (advice === "" ? undefined : advice),
  ),
  rules_tolerance: warning<Record<never, never>>(
    () => "a script takes numbers within 1e-10 of each other for equal, a rule document does not",
    "Comparisons of floats have a tolerance in scripts, as on TradingView, so that the document may decide otherwise on a bar, and has an id of its own.",
    () => "write //@swymc exact above the script to compare as rule documents do",
  ),
  rules_na: warning<Record<never, never>>(
    () =>
      "where a value is na this is true in the script, and neither true nor false in a rule document",
    "In a script a comparison with na is false and its negation (not, else) true; in a rule document neither holds, so that no rule fires before its data exist.",
    () => "under //@swymc exact, not (…) of comparisons and crosses is as in rule documents",
  ),
  rules_together: warning<{ line: number }>(
    ({ line }) => `this order and that of line ${line} may be placed on one bar`,
    "Entries reverse or block one another in the order of their calls; orders of rules that fire together are filled one after the other and netted.",
    () => "make one of the conditions exclude the other",
  ),
  rules_size: warning<Record<never, never>>(
    () => "the size is reckoned at the signal's close here, at the fill in a rule document",
    "Shares of equity and amounts of money are turned into a quantity on different bars, so the quantities differ a little. Sizes are no part of the strategy_id.",
  ),
  rules_setting: warning<{ setting: string; option: string }>(
    ({ setting }) => `${quoted(setting)} is not in a rule document`,
    "Money and fills are settings of a run there.",
    ({ option }) => `run the document with ${option}`,
  ),
  rules_input: warning<{ name: string; value: string }>(
    ({ name, value }) => `the input ${quoted(name)} is written with its value, ${value}`,
    "Parameters of rule documents are numbers: other inputs stand with the value they have.",
  ),
  rules_input_options: warning<{ name: string; options: string }>(
    ({ name, options }) => `the choice of ${quoted(name)} among ${options} is lost`,
    "A parameter of a rule document has a least and a greatest value and a step, and no list of values.",
  ),
  rules_document: error<{ problem: string }>(
    ({ problem }) => `the rule document would not be valid: ${problem}`,
    "The script is within the language of rules and beyond its limits, such as the depth of a document or the range of a period.",
  ),
  text_no_counterpart: error<{ construct: string; advice: string }>(
    ({ construct }) => `${construct} has no counterpart in scripts`,
    "Some parts of rule documents are not in the text language: other dialects than tv, functions that it does not have, orders that replace one another.",
    ({ advice }) => (advice === "" ? undefined : advice),
  ),
  text_left_out: warning<{ what: string; consequence: string }>(
    ({ what }) => `${what} is left out of the script`,
    "The rest of the document is written as it is.",
    ({ consequence }) => consequence,
  ),
  text_size: warning<{ what: string }>(
    ({ what }) => `${what} is reckoned at the fill here, at the signal's close in a script`,
    "Shares of equity, amounts of money and whole positions are turned into a quantity on different bars, so that quantities may differ. Sizes are no part of the strategy_id.",
    ({ what }) =>
      what === "a percentage of equity"
        ? "near 100 % an open above the close leaves too little money, and the script's order is refused: take 99 % or less"
        : undefined,
  ),
  text_renamed: warning<{ name: string; next: string }>(
    ({ name, next }) => `the parameter ${quoted(name)} is called ${next} in the script`,
    "A name of the text language, or one that is no identifier, cannot name an input.",
  ),
  strategy_language: error<{ wanted: "a script" | "a rule document"; emit: string }>(
    ({ wanted, emit }) => `--emit ${emit} writes the other form of ${wanted}`,
    "`--emit rules` takes a script, `--emit text` a rule document.",
    ({ emit }) =>
      emit === "rules" ? "this is a rule document already" : "this is a script already",
  ),
};
