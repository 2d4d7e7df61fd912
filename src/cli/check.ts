import type { Command } from "commander";
import type { Context } from "./context.ts";

const EXAMPLES = `
Findings go to standard output, one frame each; nothing there means nothing found.

Examples:
  $ swymc check rules.json
  $ swymc check strategy.pine
  $ swymc check strategies/*.json --json
  $ cat rules.json | swymc check -`;

/** `swymc check FILE…`: diagnostics only. */
export function defineCheck(program: Command, context: Context): void {
  program
    .command("check")
    .description("Check rule documents and scripts and say everything that is wrong with them.")
    .argument("<files...>", "rule documents, paper-run bodies or scripts; - reads standard input")
    .option("--json", "print one JSON object: {state, diagnostics}")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], options: { json?: boolean }) => {
      const { runCheck } = await import("./run-check.ts");
      await runCheck(files, options.json ?? false, context);
    });
}
