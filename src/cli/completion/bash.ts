import type { CommandShape, OptionShape, ProgramShape } from "./shape.ts";

/** A completion script for bash. */
export function bashCompletion({ name, options, commands }: ProgramShape): string {
  const names = commands.map((c) => c.name).join(" ");
  return `# bash completion for ${name}; made by: ${name} completion bash
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[names, flags(options)].join(" ")}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join("\n")}
  esac
}
complete -o filenames -F _${name} ${name}
`;
}

function commandCase(command: CommandShape): string {
  const { name, commands } = command;
  const nested =
    commands.length === 0
      ? ""
      : `      if [ "$COMP_CWORD" -gt 2 ]; then
        case "\${COMP_WORDS[2]}" in
${commands.map((one) => `    ${one.name})\n${words(one)}\n      return ;;`).join("\n")}
        esac
      fi
`;
  return `    ${name})
${nested}${words(command)}
      ;;`;
}

/** What is offered for a word behind a command. */
function words({ options, argumentChoices, takesArguments, commands }: CommandShape): string {
  const names = commands.map((one) => one.name);
  const files = takesArguments || names.length === 0 ? '$(compgen -f -- "$current")' : "";
  const fixed = [...argumentChoices, ...names].join(" ");
  const rest =
    argumentChoices.length > 0
      ? `$(compgen -W "${fixed}" -- "$current")`
      : names.length === 0
        ? files
        : `$([ "$COMP_CWORD" -eq 2 ] && compgen -W "${fixed}" -- "$current") ${files}`.trimEnd();
  return `      case "$previous" in
${options
  .filter((o) => o.value !== "none")
  .map(valueCase)
  .join("")}      esac
      case "$current" in
        -*) COMPREPLY=($(compgen -W "${flags(options)}" -- "$current")) ;;
        *) COMPREPLY=(${rest}) ;;
      esac`;
}

function valueCase(option: OptionShape): string {
  const pattern = [option.short, option.long].filter(Boolean).join("|");
  const values =
    option.choices.length > 0
      ? `COMPREPLY=($(compgen -W "${option.choices.join(" ")}" -- "$current")); return`
      : option.value === "file"
        ? `COMPREPLY=($(compgen -f -- "$current")); return`
        : "return";
  return `        ${pattern}) ${values} ;;\n`;
}

function flags(options: readonly OptionShape[]): string {
  return options.flatMap((o) => (o.short ? [o.short, o.long] : [o.long])).join(" ");
}
