import { type Command, Option } from "commander";
import type { Context } from "./context.ts";

export interface CompileOptions {
  readonly output?: string;
  readonly emit: "ir" | "json" | "module" | "rules" | "text";
}

const EXAMPLES = `
The module stands alone: no dependency, no eval; it runs in Node and in a browser.
A .d.ts for it is written beside it. Without -o the text goes to standard output.

--emit rules writes a script as a rule document, --emit text a rule document as a script.
What has no counterpart is named, each with its place, and nothing is written; where the
other form may decide otherwise, or leaves something to the settings of a run, a warning says so.

Examples:
  $ swymc compile rules.json -o strategy.mjs
  $ swymc compile strategy.pine -o strategy.mjs
  $ swymc compile rules.json --emit ir
  $ swymc compile rules.json --emit text -o strategy.pine
  $ swymc compile strategy.pine --emit rules -o rules.json`;

/** `swymc compile FILE`: a strategy as a self-contained ES module, as its IR, or in the other language. */
export function defineCompile(program: Command, context: Context): void {
  program
    .command("compile")
    .description(
      "Compile a rule document or script to a self-contained ES module, or to the other form.",
    )
    .argument("<file>", "rule document, paper-run body or script; - reads standard input")
    .option("-o, --output <FILE>", "write to this file instead of standard output")
    .addOption(
      new Option(
        "--emit <WHAT>",
        "what to write: an ES module, the IR as text or as JSON, a rule document, or a script",
      )
        .choices(["module", "ir", "json", "rules", "text"])
        .default("module"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, options: CompileOptions) => {
      const { runCompile } = await import("./run-compile.ts");
      await runCompile(file, options, context);
    });
}
