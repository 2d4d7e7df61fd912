import type { Command, Option } from "commander";

/** What a completion script needs to know of a program. */
export interface ProgramShape {
  readonly name: string;
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Choices of its first argument; empty: a file. */
  readonly argumentChoices: readonly string[];
  /** Whether it takes arguments itself, beside those of its own commands. */
  readonly takesArguments: boolean;
  /** `show` of `sweep show`. */
  readonly commands: readonly CommandShape[];
}

export interface OptionShape {
  readonly long: string;
  readonly short: string | null;
  readonly description: string;
  readonly value: "none" | "file" | "text";
  readonly choices: readonly string[];
}

const FILE_VALUES = /<(FILE|SOURCE)>/;

/** Reads the shape off commander's definitions. */
export function describeProgram(program: Command): ProgramShape {
  return {
    name: program.name(),
    options: optionsOf(program),
    commands: program.commands.map(describeCommand),
  };
}

function describeCommand(command: Command): CommandShape {
  return {
    name: command.name(),
    description: command.description(),
    options: optionsOf(command),
    argumentChoices: command.registeredArguments[0]?.argChoices ?? [],
    takesArguments: command.registeredArguments.length > 0,
    commands: command.commands.map(describeCommand),
  };
}

function optionsOf(command: Command): OptionShape[] {
  return command.createHelp().visibleOptions(command).map(describeOption);
}

function describeOption(option: Option): OptionShape {
  return {
    long: option.long ?? "",
    short: option.short ?? null,
    description: option.description,
    value: option.isBoolean() ? "none" : FILE_VALUES.test(option.flags) ? "file" : "text",
    choices: option.argChoices ?? [],
  };
}
