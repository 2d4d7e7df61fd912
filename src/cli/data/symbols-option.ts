import { Option } from "commander";
import { AliasOption } from "./alias-option.ts";
import { listOption } from "./list-option.ts";

/** `--symbols`, of every command that takes several, and its other name `--symbol`. */
export function symbolsOptions(description: string): [Option, AliasOption] {
  const symbols = new Option("--symbols <LIST>", description).argParser(listOption);
  return [symbols, new AliasOption("--symbol <LIST>", symbols)];
}
