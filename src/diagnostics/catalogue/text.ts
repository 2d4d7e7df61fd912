import { error } from "./entry.ts";
import { quoted } from "./quote.ts";

/** What was most likely meant where a script cannot go on. */
export type SyntaxMistake =
  | { readonly kind: "columns"; readonly columns: number }
  | { readonly kind: "open_bracket"; readonly line: number }
  | { readonly kind: "foreign"; readonly word: string }
  | { readonly kind: "increment"; readonly name: string }
  | { readonly kind: "goes_on" | "stray_block" | "no_block" | "comma" | "equal" | "colon" };

function syntaxHint(mistake: SyntaxMistake | null): string | undefined {
  switch (mistake?.kind) {
    case "columns":
      return `indented by ${mistake.columns}, the line goes on with the one above; blocks are indented by 4 spaces or a tab each`;
    case "open_bracket":
      return `a bracket of line ${mistake.line} is not closed`;
    case "foreign":
      return FOREIGN[mistake.word] ?? "the language has no such word";
    case "increment":
      return `write ${mistake.name} += 1 or ${mistake.name} -= 1`;
    case "goes_on":
      return "indent the line that goes on by other than a multiple of 4, or put the expression into brackets";
    case "stray_block":
      return "only if, else, for, while, switch, type, enum and => begin a block; a line that goes on is indented by other than a multiple of 4";
    case "no_block":
      return "indent what belongs to it by 4 spaces or a tab";
    case "comma":
      return "a comma is missing between two arguments";
    case "equal":
      return "== compares, = declares, := assigns";
    case "colon":
      return "no colon: what belongs to it stands in the next lines, indented";
    default:
      return undefined;
  }
}

const FOREIGN: Readonly<Record<string, string>> = {
  let: "declare without a word in front: x = 1, and change it with x := 2",
  const: "declare without a word in front, or with a type: const float x = 1.0",
  elif: "write else if",
  elseif: "write else if",
  function: "write f(x) => x + 1",
  def: "write f(x) => x + 1",
  return: "the last value of a function is what it gives",
  end: "a block ends where its indentation does",
};

/** Signs of other languages. */
const SIGNS: Readonly<Record<string, string>> = {
  "&&": "write and",
  "||": "write or",
  "!": "write not",
  "&": "write and",
  "|": "write or",
  ";": "a statement ends with its line; a comma stands between two in one line",
  "{": "blocks are made by indentation: 4 spaces or a tab each",
  "}": "blocks are made by indentation: 4 spaces or a tab each",
  "“": "quotes are \" or '",
  "”": "quotes are \" or '",
  "‘": "quotes are \" or '",
  "’": "quotes are \" or '",
  "^": "write math.pow(a, b)",
};

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
    ({ found }) => SIGNS[found] ?? SIGNS[found[0]],
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
  text_syntax: error<{ expected: string; found: string; mistake: SyntaxMistake | null }>(
    ({ expected, found }) => `expected ${expected}, found ${found}`,
    "The statement or expression cannot go on like this.",
    ({ mistake }) => syntaxHint(mistake),
  ),
};
