import { type Command, Option } from "commander";
import type { Context } from "./context.ts";

export interface CompileOptions {
  readonly output?: string;
  readonly emit: "ir" | "json" | "module";
}

const EXAMPLES = `
The module stands alone: no dependency, no eval; it runs in Node and in a browser.
A .d.ts for it is written beside it. Without -o the text goes to standard output.

Examples:
  $ swymc compile rules.json -o strategy.mjs
  $ swymc compile rules.json --emit ir`;

/** `swymc compile FILE`: a rule document as a self-contained ES module, or its IR. */
export function defineCompile(program: Command, context: Context): void {
  program
    .command("compile")
    .description("Compile a rule document to a self-contained ES module.")
    .argument("<file>", "rule document or paper-run body; - reads standard input")
    .option("-o, --output <FILE>", "write to this file instead of standard output")
    .addOption(
      new Option("--emit <WHAT>", "what to write: an ES module, the IR as text, or the IR as JSON")
        .choices(["module", "ir", "json"])
        .default("module"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, options: CompileOptions) => {
      const { runCompile } = await import("./run-compile.ts");
      runCompile(file, options, context);
    });
}
