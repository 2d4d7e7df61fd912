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
  const start = `complete -c ${name} -n ${quote(`__fish_seen_subcommand_from ${command.name}`)}`;
  const choices = command.argumentChoices;
  return [
    ...(choices.length > 0 ? [`${start} -f -a ${quote(choices.join(" "))}`] : []),
    ...command.options.map((option) => `${start}${optionSpec(option)}`),
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
