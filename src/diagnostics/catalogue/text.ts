import { error } from "./entry.ts";
import { quoted } from "./quote.ts";

/** Diagnostics of the text language: characters, indentation, syntax. */
export const textDiagnostics = {
  text_too_long: error<{ length: number; limit: number }>(
    ({ length, limit }) => `the script has ${length} characters; ${limit} are read`,
    "Scripts are small; a text of megabytes is something else, or made to exhaust the compiler.",
  ),
  text_too_deep: error<Record<string, never>>(
    () => "nested too deeply",
    "Brackets, blocks and ?: together may be nested 256 deep, operators in a row a thousand.",
    () => "give parts of the expression a name of their own, in lines above",
  ),
  text_character: error<{ found: string }>(
    ({ found }) => `unexpected ${quoted(found)}`,
    "The character belongs to no word, number, text or operator of the language.",
  ),
  text_unclosed: error<Record<string, never>>(
    () => "the text has no closing quote",
    'A text begins and ends with the same quote in the same line; \\" stands for a quote inside.',
    () => "close the quote at the end of the text",
  ),
  text_indentation: error<Record<string, never>>(
    () => "the indentation fits to no block above",
    "Blocks are indented by four spaces or a tab each; a line that goes on with the one before it by another number of spaces.",
    () => "indent it like the other lines of its block",
  ),
  text_version: error<{ found: string; latest: number }>(
    ({ found }) => `there is no version ${quoted(found)} of the language`,
    "Versions 1 to 6 exist; 3 to 6 are read.",
    ({ latest }) => `write //@version=${latest}`,
  ),
  script_slippage: error<Record<string, never>>(
    () => "slippage of a script is counted in ticks",
    "Scripts say their slippage themselves, as TradingView does; a share of the price has no place there.",
    () => "write strategy(…, slippage = N) in the script, and --tick for the size of a tick",
  ),
  format_differs: error<{ file: string }>(
    ({ file }) => `${file} is not formatted`,
    "`swymc fmt --check` found a file that `swymc fmt` would change.",
    ({ file }) => `swymc fmt ${file}`,
  ),
  text_syntax: error<{ expected: string; found: string }>(
    ({ expected, found }) => `expected ${expected}, found ${found}`,
    "The statement or expression cannot go on like this.",
  ),
};
