import type { Command } from "commander";
import type { Context } from "./context.ts";

export interface FmtOptions {
  readonly check?: boolean;
  readonly stdout?: boolean;
}

const EXAMPLES = `
Comments, line breaks and the meaning stay; spaces, indentation and blank lines change. Formatting again changes nothing.

Examples:
  $ swymc fmt strategy.pine
  $ swymc fmt --check fixtures/*.pine
  $ cat strategy.pine | swymc fmt - > pretty.pine`;

/** `swymc fmt FILE…`: scripts and rule documents in the house style. */
export function defineFmt(program: Command, context: Context): void {
  program
    .command("fmt")
    .description("Bring scripts and rule documents into the house style, in place.")
    .argument("<files...>", 'files; "-" reads standard input and prints')
    .option("--check", "change nothing; exit 1 and name the files that would change")
    .option("--stdout", "print instead of writing")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], options: FmtOptions) => {
      const { runFmt } = await import("./run-fmt.ts");
      runFmt(files, options, context);
    });
}
