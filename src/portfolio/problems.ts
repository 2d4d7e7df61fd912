import { type Diagnostic, diagnose } from "../diagnostics/index.ts";
import type { Program } from "../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../program/script-program.ts";
import type { PortfolioOptions, PortfolioSeries } from "./backtest-portfolio.ts";

/** What makes symbols no portfolio: none at all, names that repeat, no rules, or scripts for rules. */
export function seriesProblems(
  program: Program | ScriptProgram | null,
  series: readonly PortfolioSeries[],
): Diagnostic[] {
  if (series.length === 0) return [diagnose("portfolio_empty", {})];
  const names = series.map(({ symbol }) => symbol);
  const repeated = new Set(names.filter((name, k) => names.indexOf(name) < k));
  const rulesOf = (one: PortfolioSeries) => one.program ?? program;
  const without = series.filter((one) => rulesOf(one) === null).map(({ symbol }) => symbol);
  const scripts = series
    .filter((one) => {
      const rules = rulesOf(one);
      return rules !== null && isScriptProgram(rules);
    })
    .map(({ symbol }) => symbol);
  return [
    ...[...repeated].map((symbol) => diagnose("portfolio_repeated", { symbol })),
    ...(without.length > 0 ? [diagnose("portfolio_without_rules", { symbols: without })] : []),
    ...(scripts.length > 0 ? [diagnose("portfolio_script", { symbols: scripts })] : []),
  ];
}

/** Parameters that no program declares. */
export function unknownParams(
  programs: readonly Program[],
  params: PortfolioOptions["params"] = {},
): Diagnostic[] {
  const known = [...new Set(programs.flatMap((one) => one.params.map(({ name }) => name)))];
  return Object.keys(params)
    .filter((name) => !known.includes(name))
    .map((name) => diagnose("unknown_param", { name, known }));
}
