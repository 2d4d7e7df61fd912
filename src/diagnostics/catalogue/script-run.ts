import { error, warning } from "./entry.ts";
import { quoted } from "./quote.ts";

/** Diagnostics of running a script, after it was checked. */
export const scriptRunDiagnostics = {
  script_no_eval: error<Record<string, never>>(
    () => "this host forbids code made at run time, which scripts need",
    "A script runs as one generated function. A Content-Security-Policy without unsafe-eval, or Node's --disallow-code-generation-from-strings, forbids that.",
    () => "run scripts in a process of their own; rule documents need no generated code",
  ),
  script_loop_budget: error<{ bar: number; limit: number }>(
    ({ bar, limit }) => `the loops of bar ${bar} take more than ${limit} steps`,
    "A loop without end, or one over far too many steps, would stop the backtest for good, so the steps of a bar are counted.",
    () => "look at the condition that ends the loop",
  ),
  script_history: error<{ offset: number; limit: number; bar: number }>(
    ({ offset, limit, bar }) =>
      offset < 0
        ? `[${offset}] on bar ${bar} looks into the future`
        : `[${offset}] on bar ${bar} looks back more than ${limit} bars`,
    "The offset of [] counts bars backwards, from 0 to 5000.",
  ),
  script_param: error<{ indicator: string; param: string; value: number; rule: string }>(
    ({ indicator, param, value, rule }) =>
      `${indicator}: ${param} is ${Number.isNaN(value) ? "na" : value}; ${rule}`,
    "Lengths and factors of indicators have a range each; the table of indicators names it.",
  ),
  script_warmup: warning<{ what: string }>(
    ({ what }) => `--warmup reads all earlier bars: ${what}`,
    "How many earlier bars a script depends on can only be told where no variable keeps its value, and offsets and lengths are known before the run.",
  ),
  script_time_zone: error<{ zone: string }>(
    ({ zone }) => `there is no time zone ${quoted(zone)}`,
    'Time zones are names of the IANA database ("America/New_York") or offsets ("GMT+2", "UTC-5:30").',
  ),
  script_session: error<{ session: string }>(
    ({ session }) => `${quoted(session)} is no session`,
    'A session is written "0930-1600", with days as "0930-1600:23456" (1 is Sunday), several with commas between.',
  ),
  script_timeframe: error<{ timeframe: string }>(
    ({ timeframe }) => `there is no timeframe ${quoted(timeframe)}`,
    'Timeframes are minutes ("60"), seconds ("30S"), days, weeks or months ("D", "2W", "3M"); "" is the chart\'s own.',
  ),
  script_lower_timeframe: error<{ timeframe: string; chart: string }>(
    ({ timeframe, chart }) =>
      `request.security asks for ${quoted(timeframe)}, and the bars are of ${quoted(chart)}`,
    "Bars of a longer timeframe are joined from those of the chart; shorter ones are not in the data.",
    () => "run on bars of the shorter timeframe",
  ),
  script_date: error<{ text: string }>(
    ({ text }) => `${quoted(text)} is no date`,
    'timestamp reads dates like "2024-02-01", "2024-02-01T15:30:00+02:00" and "01 Feb 2024 15:30 +0200".',
  ),
  script_array: error<{ problem: string }>(
    ({ problem }) => `array: ${problem}`,
    "Arrays hold up to 100,000 elements; reading or writing outside of one, or using one that is na, ends a script on TradingView too.",
  ),
  script_object: error<object>(
    () => "the object is na",
    "A field of an object that is na can be neither read nor set; it ends a script on TradingView too.",
    () => "ask na() first, in an if or a condition of version 6, where `and` stops at what decides",
  ),
  script_map: error<{ problem: string }>(
    ({ problem }) => `map: ${problem}`,
    "Maps hold up to 50,000 pairs; using one that is na ends a script on TradingView too.",
  ),
  script_regex: error<{ regex: string; problem: string }>(
    ({ regex, problem }) => `${quoted(regex)} is no regular expression for str.match: ${problem}`,
    "Regular expressions have characters, classes, groups, alternatives and repeats; they do not look around or refer back.",
  ),
  script_matrix: error<{ problem: string }>(
    ({ problem }) => `matrix: ${problem}`,
    "Matrices hold up to 100,000 elements; reading outside of one, or using one that is na, ends a script on TradingView too.",
  ),
  script_chart_field: error<{ field: string }>(
    ({ field }) => `the data do not tell ${quoted(field)}`,
    "syminfo.* and timeframe.* come from the dataset.",
  ),
  script_unknown_input: error<{ name: string; known: readonly string[] }>(
    ({ name, known }) =>
      `the script has no input ${quoted(name)}${known.length > 0 ? `; it has ${known.join(", ")}` : ""}`,
    "Inputs are named by the variable that they are assigned to.",
  ),
  script_input: error<{ name: string; value: string; rule: string }>(
    ({ name, value, rule }) => `${name} is ${quoted(value)}; ${rule}`,
    "minval, maxval, options and the type of an input hold for values given from outside too.",
  ),
};
