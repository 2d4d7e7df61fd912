import { Command } from "commander";
import { defineBacktest } from "./backtest.ts";
import { defineCheck } from "./check.ts";
import { defineCompile } from "./compile.ts";
import { defineCompletion } from "./completion.ts";
import type { Context } from "./context.ts";
import { defineData } from "./data.ts";
import { defineFmt } from "./fmt.ts";
import { defineIndicators } from "./indicators.ts";
import { VERSION } from "./version.ts";

const EXAMPLES = `
Examples:
  $ swymc check rules.json
  $ swymc backtest rules.json --data bars.csv
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
  defineData(program, context);
  defineFmt(program, context);
  defineIndicators(program, context);
  defineCompletion(program, context);
  return program;
}
