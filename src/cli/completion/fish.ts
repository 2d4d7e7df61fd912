import type { CommandShape, OptionShape, ProgramShape } from "./shape.ts";

/** A completion script for fish. */
export function fishCompletion({ name, options, commands }: ProgramShape): string {
  const start = `complete -c ${name} -n __fish_use_subcommand`;
  return `# fish completion for ${name}; made by: ${name} completion fish
${commands.map((c) => `${start} -f -a ${c.name} -d ${quote(c.description)}`).join("\n")}
${options.map((o) => `${start}${optionSpec(o)}`).join("\n")}
${commands.flatMap((c) => commandLines(name, c)).join("\n")}
`;
}

function commandLines(name: string, command: CommandShape): string[] {
  const { commands, takesArguments } = command;
  const seen = `__fish_seen_subcommand_from ${command.name}`;
  const names = commands.map((one) => one.name).join(" ");
  const own = names === "" ? seen : `${seen}; and not __fish_seen_subcommand_from ${names}`;
  const noFiles = takesArguments ? "" : " -f";
  const start = `complete -c ${name} -n ${quote(own)}`;
  return [
    ...commands.map((one) => `${start}${noFiles} -a ${one.name} -d ${quote(one.description)}`),
    ...specs(start, command),
    ...commands.flatMap((one) =>
      specs(
        `complete -c ${name} -n ${quote(`${seen}; and __fish_seen_subcommand_from ${one.name}`)}`,
        one,
      ),
    ),
  ];
}

function specs(start: string, { argumentChoices, options }: CommandShape): string[] {
  return [
    ...(argumentChoices.length > 0 ? [`${start} -f -a ${quote(argumentChoices.join(" "))}`] : []),
    ...options.map((option) => `${start}${optionSpec(option)}`),
  ];
}

function optionSpec(option: OptionShape): string {
  const short = option.short ? ` -s ${option.short.slice(1)}` : "";
  const values = {
    none: "",
    file: " -r -F",
    text: option.choices.length > 0 ? ` -x -a ${quote(option.choices.join(" "))}` : " -x",
  };
  return `${short} -l ${option.long.slice(2)}${values[option.value]} -d ${quote(option.description)}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
