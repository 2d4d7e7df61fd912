import type { Command } from "commander";
import type { Context } from "./context.ts";

export interface RunsOptions {
  readonly db: string;
  readonly strategy?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
An id is the beginning of what \`runs list\` shows, or \`latest\`.

Examples:
  $ swymc backtest rules.json --data bars.csv --save runs.duckdb
  $ swymc runs list --db runs.duckdb
  $ swymc runs show latest --db runs.duckdb
  $ swymc runs compare 3f2a 91bc --db runs.duckdb
  $ swymc runs rm 3f2a --db runs.duckdb`;

/** `swymc runs list|show|compare|rm`: the runs that `--save` kept. */
export function defineRuns(program: Command, context: Context): void {
  const runs = program
    .command("runs")
    .description("List, show, compare and remove the runs that --save kept.")
    .addHelpText("after", EXAMPLES);
  const define = (name: string, description: string, examples: readonly string[]) =>
    runs
      .command(name)
      .description(description)
      .requiredOption("--db <FILE>", "database of runs")
      .option("--json", "print JSON")
      .addHelpText("after", examplesText(examples));

  define("list", "List the runs, newest first.", [
    "list --db runs.duckdb",
    "list --db runs.duckdb --strategy b4ebcea2-f4f0-55c7-804c-1cc453fc7122",
  ])
    .option("--strategy <ID>", "those of one strategy_id only")
    .action(async (options: RunsOptions) => {
      const { runList } = await import("./run-runs.ts");
      await runList(options, context);
    });
  define("show", "Show one run.", [
    "show latest --db runs.duckdb",
    "show 3f2a --db runs.duckdb --json",
  ])
    .argument("<id>", "beginning of an id, or latest")
    .action(async (id: string, options: RunsOptions) => {
      const { runShow } = await import("./run-runs.ts");
      await runShow(id, options, context);
    });
  define("compare", "Show runs side by side.", ["compare 3f2a latest --db runs.duckdb"])
    .argument("<id...>", "beginnings of ids, or latest")
    .action(async (ids: string[], options: RunsOptions) => {
      const { runCompare } = await import("./run-runs.ts");
      await runCompare(ids, options, context);
    });
  define("rm", "Remove runs, their trades and equity; the strategies stay.", [
    "rm 3f2a 91bc --db runs.duckdb",
  ])
    .argument("<id...>", "beginnings of ids, or latest")
    .action(async (ids: string[], options: RunsOptions) => {
      const { runRemove } = await import("./run-runs.ts");
      await runRemove(ids, options, context);
    });
}

function examplesText(examples: readonly string[]): string {
  return ["", "Examples:", ...examples.map((one) => `  $ swymc runs ${one}`)].join("\n");
}
