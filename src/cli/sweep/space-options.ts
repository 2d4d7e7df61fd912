import { type Command, Option } from "commander";
import { numberOption } from "../number-option.ts";
import { axisOption } from "./axis-option.ts";

/** Which values of parameters to try, and how to search among them. */
export function defineSpaceOptions(command: Command): void {
  command
    .optionsGroup("Space:")
    .option(
      "--param <NAME=VALUES>",
      "values of a parameter, of an input, or of the number at a JSON pointer; repeatable",
      axisOption,
    )
    .option(
      "--where <CONDITION>",
      'condition on the parameters, such as "fast < slow"; repeatable',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option(
        "--search <METHOD>",
        "how to search; halving tries all on few bars, the best on more",
      )
        .choices(["grid", "random", "lhs", "sobol", "halving"])
        .default("grid"),
    )
    .option(
      "--samples <N>",
      "points to try; not of a grid",
      numberOption({ integer: true, min: 1, max: 1e9 }),
    )
    .option(
      "--seed <N>",
      "of the random numbers (default: 0)",
      numberOption({ integer: true, min: 0, max: 2 ** 32 - 1 }),
    );
}
