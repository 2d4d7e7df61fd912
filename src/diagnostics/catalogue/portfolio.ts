import { error, warning } from "./entry.ts";

/** Diagnostics about several symbols on one account. */
export const portfolioDiagnostics = {
  portfolio_empty: error<Record<never, never>>(
    () => "a portfolio needs at least one symbol",
    "`backtestPortfolio()` runs a list of symbols, each with its bars.",
    () => "name them: --symbols BTCUSDT,ETHUSDT",
  ),
  portfolio_repeated: error<{ symbol: string }>(
    ({ symbol }) => `the symbol "${symbol}" stands twice in the portfolio`,
    "Every symbol of a portfolio has one position and one place in the order of fills, and so may be named only once.",
  ),
  portfolio_without_rules: error<{ symbols: readonly string[] }>(
    ({ symbols }) => `no rules are given for ${symbols.join(", ")}`,
    "A symbol of a portfolio is traded by rules of its own, or by those for all.",
    () => "give a strategy for all, or --rules SYMBOL=FILE for each of them",
  ),
  portfolio_script: error<{ symbols: readonly string[] }>(
    ({ symbols }) => `scripts cannot trade in a portfolio: ${symbols.join(", ")}`,
    "A script has a broker of its own, whose orders and ledger know one account with one symbol.",
    () =>
      "a script whose logic are rules can be written as some: swymc compile SCRIPT --emit rules",
  ),
  portfolio_intervals: error<{ found: readonly string[] }>(
    ({ found }) => `the bars of the symbols differ in their interval: ${found.join(", ")}`,
    "All symbols of a portfolio have bars of one interval. Bars are never resampled silently.",
    () => "resample them first (swymc data resample), or name one with --interval",
  ),
  portfolio_settings: error<{ symbols: readonly [string, string] }>(
    ({ symbols: [one, other] }) =>
      `the documents for ${one} and ${other} ask for different money settings`,
    "One account has one starting cash, one commission, one latency and one risk-free return. Paper-run bodies may say them, but must agree.",
    () => "say them by options: --cash, --commission, --latency-ms, --risk-free-return",
  ),
  portfolio_sources: error<{ sources: number; symbols: number }>(
    ({ sources, symbols }) => `${sources} sources for ${symbols} symbols`,
    "`swymc portfolio` reads all symbols from one source, or each from its own: then --data stands once per symbol, in the same order.",
    () => "give --data once, or once per symbol of --symbols",
  ),
  portfolio_one_series: error<{ source: string; symbols: readonly string[] }>(
    ({ source, symbols }) =>
      `${source} holds one series without a name, which cannot be that of ${symbols.join(" and ")}`,
    "One source serves several symbols where it tells them apart by name: a database, or a file with a column of symbols.",
    () => "give each symbol its file: --data once per symbol",
  ),
  portfolio_rules_symbol: error<{ text: string; symbols: readonly string[] }>(
    ({ text }) => `--rules ${text} names no symbol of the portfolio`,
    "`--rules SYMBOL=FILE` gives one of the symbols of --symbols rules of its own.",
    ({ symbols }) => `the symbols are: ${symbols.join(", ")}`,
  ),
  portfolio_ends_early: warning<{ symbol: string; last: string; end: string }>(
    ({ symbol, last, end }) =>
      `${symbol} has no bars after ${last}; the portfolio goes on to ${end}`,
    "What is open in a symbol when its bars end stays open and is marked at its last close until the end of the run. No order of it fills any more.",
    () => "--close-at-end closes it at its own last close",
  ),
};
