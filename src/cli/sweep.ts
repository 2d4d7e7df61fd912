import { type Command, InvalidArgumentError, Option } from "commander";
import { INTERVAL_NAMES, type Interval } from "../vector/interval.ts";
import { defineAccountOptions } from "./account-options.ts";
import type { Context } from "./context.ts";
import { listOption } from "./data/list-option.ts";
import { defineExecutionOptions, type ExecutionFlags } from "./execution-options.ts";
import { numberOption } from "./number-option.ts";
import { defineSweepShow } from "./sweep/define-show.ts";
import { defineSpaceOptions } from "./sweep/space-options.ts";

export interface SweepOptions extends ExecutionFlags {
  readonly data?: readonly string[];
  readonly symbols?: readonly string[];
  readonly interval?: readonly Interval[];
  readonly exchange?: string;
  readonly product?: string;
  readonly mode?: string;
  readonly table?: string;
  readonly from?: string;
  readonly to?: string;
  readonly windows?: string;
  readonly timeColumn?: string;
  readonly timeUnit?: "s" | "ms" | "us" | "ns";
  readonly timeFormat?: string;
  readonly param?: Readonly<Record<string, string | null>>;
  readonly where?: readonly string[];
  readonly search: "grid" | "random" | "lhs" | "sobol" | "halving";
  readonly samples?: number;
  readonly seed?: number;
  readonly objective: string;
  readonly metrics?: readonly string[];
  readonly top: number;
  readonly tick?: number;
  readonly cash?: number;
  /** Percent of the value of a fill. */
  readonly commission?: number;
  readonly slippageBps?: number;
  readonly fill?: "next_open" | "close";
  readonly calendar?: number;
  readonly riskFreeReturn?: number;
  readonly threads?: number;
  readonly engine: "auto" | "wasm" | "js" | "reference";
  readonly out?: string;
  readonly resume?: boolean;
  readonly explain?: boolean;
  readonly heatmap?: string | true;
  readonly heatmapOf?: readonly string[];
  readonly report?: string;
  readonly save?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Values of a parameter: 2..100 (step 1, or the step that the document declares), 5..200:5, 5,10,20, true,false,
1..1000:log4 (4 values in equal ratios), 5..80:*2, and for sampling 0.5..2:real or 1..100:log. A name alone takes the range that
the document declares; without --param, every parameter that declares one is swept. A JSON pointer sweeps a number that
stands in the document.

Each row is, bit for bit, the result of \`swymc backtest\` with its parameters. With --out, rows are kept in FILE.part until the
sweep is finished: after Ctrl-C, a crash or a kill, the same command with --resume goes on.

Examples:
  $ swymc sweep rules.json --data bars.csv --param fast=2..100 --param slow=5..200:5 --where "fast < slow"
  $ swymc sweep rules.json --data bars.csv --param /rules/0/when/conditions/0/fast_period=2..50 --heatmap
  $ swymc sweep a.json b.json script.pine --data market.duckdb --symbols BTCUSDT,ETHUSDT --interval 1h,4h --objective calmar --out results.parquet
  $ swymc sweep rules.json --data bars.csv --windows 2022..2024/6mo --out results.csv
  $ swymc sweep rules.json --data bars.csv --search random --samples 2000 --seed 1 --objective "total_return / max_drawdown"
  $ swymc sweep rules.json --data bars.csv --search halving --heatmap heat.html
  $ swymc sweep rules.json --data bars.csv --out results.parquet --report sweep.html && swymc view sweep.html
  $ swymc sweep show results.parquet --row 17`;

/** `swymc sweep STRATEGY… --data SOURCE`: runs strategies with many parameters and shows the best. */
export function defineSweep(program: Command, context: Context): void {
  const command = program
    .command("sweep")
    .description("Backtest every combination of parameters, and show the best.")
    .argument("<strategies...>", "rule documents or scripts; - reads standard input")
    .addOption(
      new Option(
        "--data <SOURCE>",
        "CSV, Parquet or Arrow file, or DuckDB database; repeatable",
      ).argParser((path: string, before: readonly string[] = []) => [...before, path]),
    );
  defineSpaceOptions(command);
  defineDataOptions(command);
  defineRunOptions(command);
  defineExecutionOptions(command);
  defineOutputOptions(command);
  defineSweepShow(command, context);
  command
    .addHelpText("after", EXAMPLES)
    .action(async (strategies: readonly string[], options: SweepOptions) => {
      // Not mandatory to commander, which would ask for it at \`sweep show\` too.
      if (options.data === undefined) {
        command.error("error: required option '--data <SOURCE>' not specified", { exitCode: 1 });
      }
      const { runSweepCommand } = await import("./sweep/run-sweep.ts");
      await runSweepCommand(strategies, options, context);
    });
}

function defineDataOptions(command: Command): void {
  command
    .optionsGroup("Data:")
    .option("--symbols <LIST>", "symbols to read, with commas between them", listOption)
    .option("--interval <LIST>", "intervals to read, instead of candle_interval", intervalsOption)
    .option(
      "--windows <SPANS>",
      "spans of time to run on one by one: 2022..2024/6mo, or 2022-01-01:2022-06-30,2023:2023",
    )
    .option("--from <TIME>", "first day or instant")
    .option("--to <TIME>", "last day, or instant where it ends")
    .option("--exchange <NAME>", "exchange to read, where the source holds several")
    .option("--product <NAME>", "product to read from raw_klines, such as spot")
    .option("--mode <NAME>", "mode to read from raw_klines")
    .option("--table <NAME>", "table to read, where the database has several")
    .option("--time-column <NAME>", "column of the bar times, where several could be meant")
    .addOption(
      new Option(
        "--time-unit <UNIT>",
        "unit of epoch times, where their size leaves it open",
      ).choices(["s", "ms", "us", "ns"]),
    )
    .option("--time-format <FORMAT>", 'how times are written, such as "%d/%m/%Y %H:%M" (strptime)');
}

function defineRunOptions(command: Command): void {
  command.optionsGroup("Run:");
  defineAccountOptions(command);
  command
    .option(
      "--threads <N>",
      "threads to run on (default: as many as the machine has, one for little work)",
      numberOption({ integer: true, min: 1, max: 1024 }),
    )
    .addOption(
      new Option("--engine <KIND>", "which engine runs the trials; the results are the same")
        .choices(["auto", "wasm", "js", "reference"])
        .default("auto"),
    );
}

function defineOutputOptions(command: Command): void {
  command
    .optionsGroup("Output:")
    .option(
      "--objective <METRIC>",
      "metric, or expression of metrics, to choose the best by",
      "sharpe",
    )
    .option(
      "--metrics <LIST>",
      "metrics of the rows, beside those of the objective (default: all), with commas between them",
      listOption,
    )
    .option(
      "--top <N>",
      "how many of the best to show",
      numberOption({ integer: true, min: 0, max: 10_000 }),
      20,
    )
    .option("--out <FILE>", "write a row per trial, as .csv, .parquet, .arrow or .duckdb")
    .option("--resume", "go on with an unfinished sweep of the same --out, where there is one")
    .option("--explain", "say what would be run, and run nothing")
    .option(
      "--heatmap [FILE]",
      "show the objective over two parameters, in the terminal or as an .html file",
    )
    .option(
      "--report <FILE>",
      "write a page with maps, parallel coordinates and the best trials, which opens offline",
    )
    .option("--save <FILE>", "keep the sweep and its rows in a database of runs, see `swymc runs`")
    .option("--heatmap-of <X,Y>", "which two parameters (default: the first two)", listOption)
    .option("--json", "print one JSON object, described by schemas/sweep-result.schema.json");
}

function intervalsOption(text: string, before: readonly string[] = []): Interval[] {
  const names = listOption(text, before);
  for (const name of names) {
    if (!(INTERVAL_NAMES as readonly string[]).includes(name)) {
      throw new InvalidArgumentError(
        `${name} is no interval; there are ${INTERVAL_NAMES.join(", ")}.`,
      );
    }
  }
  return names as Interval[];
}
