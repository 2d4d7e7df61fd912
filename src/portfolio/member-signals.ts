import type { ExitDistance, SignalExits, Signals } from "../backtest/index.ts";
import type { ParamValues, Program } from "../program/program.ts";
import { planSignals } from "../program/run-plan.ts";
import type { Bars } from "../vector/columns.ts";
import type { PortfolioOptions } from "./backtest-portfolio.ts";

/** What the rules of one symbol want, in columns that the next run of the program leaves alone. */
export function memberSignals(
  program: Program,
  bars: Bars,
  { engine, params }: Pick<PortfolioOptions, "engine" | "params">,
): Signals {
  const values = program.bind(paramsOf(program, params));
  const { rules, exits, ...signals } = planSignals(program.code(engine), bars, values);
  return {
    ...signals,
    rules: rules.map(({ limit, ...rule }) =>
      limit === undefined ? rule : { ...rule, limit: limit.slice() },
    ),
    ...(exits === undefined ? {} : { exits: ownExits(exits) }),
  };
}

/** Those of the given parameters that a program declares. */
export function paramsOf(
  program: Program,
  params: PortfolioOptions["params"],
): ParamValues | undefined {
  if (params === undefined) return undefined;
  const declared = new Set(program.params.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => declared.has(name)),
  ) as ParamValues;
}

function ownExits(exits: SignalExits): SignalExits {
  const own = (one: ExitDistance): ExitDistance =>
    one.kind === "atr" ? { ...one, atr: one.atr.slice() } : one;
  return Object.fromEntries(Object.entries(exits).map(([name, one]) => [name, own(one)]));
}
