import { diagnose, SwymcError } from "../diagnostics/index.ts";
import type { RunOptions } from "../program/options.ts";
import type { Program } from "../program/program.ts";
import { type RunSetup, setUpRun } from "../program/run-setup.ts";
import type { PortfolioOptions } from "./backtest-portfolio.ts";

/** The settings of the one account: options, else what the documents agree on. Throws where they do not. */
export function jointSetup(
  chosen: readonly { readonly symbol: string; readonly rules: Program }[],
  { params: _, ...options }: PortfolioOptions & Pick<RunOptions, "start" | "stepMs">,
  time: Float64Array,
): RunSetup {
  const setups = chosen.map(({ rules }) => setUpRun(options, rules.paperRun, time));
  const [first] = setups;
  const other = setups.findIndex((setup) => JSON.stringify(setup) !== JSON.stringify(first));
  if (other > 0) {
    const symbols = [chosen[0]!.symbol, chosen[other]!.symbol] as const;
    throw new SwymcError([diagnose("portfolio_settings", { symbols })]);
  }
  return first!;
}
