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

function commandCase({ name, options, argumentChoices }: CommandShape): string {
  const rest =
    argumentChoices.length > 0
      ? `compgen -W "${argumentChoices.join(" ")}" -- "$current"`
      : `compgen -f -- "$current"`;
  return `    ${name})
      case "$previous" in
${options
  .filter((o) => o.value !== "none")
  .map(valueCase)
  .join("")}      esac
      case "$current" in
        -*) COMPREPLY=($(compgen -W "${flags(options)}" -- "$current")) ;;
        *) COMPREPLY=($(${rest})) ;;
      esac
      ;;`;
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
