import type { Command } from "commander";
import type { Context } from "./context.ts";

export interface TemplatesOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ swymc templates
  $ swymc templates price-sma-cross-long > rules.json
  $ swymc backtest rules.json --data bars.csv --param stop=1.5 --param target=3`;

/** `swymc templates [NAME]`: rule documents to start from. */
export function defineTemplates(program: Command, context: Context): void {
  program
    .command("templates")
    .description("List rule documents to start from, or print one.")
    .argument("[name]", "template to print")
    .option("--json", "list as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string | undefined, options: TemplatesOptions) => {
      const { runTemplates } = await import("./run-templates.ts");
      runTemplates(name, options, context);
    });
}
