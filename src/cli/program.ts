import { Command } from "commander";
import { defineBacktest } from "./backtest.ts";
import { defineCheck } from "./check.ts";
import { defineCompile } from "./compile.ts";
import { defineCompletion } from "./completion.ts";
import type { Context } from "./context.ts";
import { defineData } from "./data.ts";
import { defineExplain } from "./explain.ts";
import { defineFmt } from "./fmt.ts";
import { defineIndicators } from "./indicators.ts";
import { definePortfolio } from "./portfolio.ts";
import { defineRuns } from "./runs.ts";
import { defineSweep } from "./sweep.ts";
import { defineTemplates } from "./templates.ts";
import { defineValidate } from "./validate.ts";
import { VERSION } from "./version.ts";
import { defineView } from "./view.ts";
import { defineWalkforward } from "./walkforward.ts";

const EXAMPLES = `
Examples:
  $ swymc check rules.json
  $ swymc backtest rules.json --data bars.csv
  $ swymc sweep rules.json --data bars.csv --param fast=2..50 --param slow=10..200:10 --where "fast < slow"
  $ swymc compile rules.json -o strategy.mjs`;

/** The whole command line as commander definitions; help, completion and docs are derived from it. */
export function createProgram(context: Context): Command {
  const { io } = context;
  const program = new Command("swymc")
    .description("Checks, compiles and backtests trading rules.")
    .version(VERSION)
    .addHelpText("after", EXAMPLES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHasColors: () => io.outColor,
      getErrHasColors: () => io.errColor,
    });
  defineCheck(program, context);
  defineCompile(program, context);
  defineBacktest(program, context);
  definePortfolio(program, context);
  defineExplain(program, context);
  defineSweep(program, context);
  defineWalkforward(program, context);
  defineValidate(program, context);
  defineRuns(program, context);
  defineView(program, context);
  defineData(program, context);
  defineFmt(program, context);
  defineTemplates(program, context);
  defineIndicators(program, context);
  defineCompletion(program, context);
  return program;
}
