import type { CommandShape, OptionShape, ProgramShape } from "./shape.ts";

/** A completion script for zsh. */
export function zshCompletion({ name, options, commands }: ProgramShape): string {
  return `#compdef ${name}
# zsh completion for ${name}; made by: ${name} completion zsh
_${name}() {
  local -a commands
  commands=(
${commands.map((c) => `    ${quote(`${c.name}:${c.description}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _arguments ${options.map(argumentSpec).join(" ")}
    return
  fi
  local chosen=$words[2]
  shift words
  (( CURRENT-- ))
  case $chosen in
${commands.map(commandCase).join("\n")}
  esac
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function commandCase(command: CommandShape): string {
  const { name, commands } = command;
  if (commands.length === 0) return `    ${name}) ${argumentsOf(command)} ;;`;
  return `    ${name})
      if (( CURRENT > 2 )); then
        chosen=$words[2]
        case $chosen in
${commands.map((one) => `          ${one.name}) shift words; (( CURRENT-- )); ${argumentsOf(one)}; return ;;`).join("\n")}
        esac
      else
        commands=(
${commands.map((one) => `          ${quote(`${one.name}:${one.description}`)}`).join("\n")}
        )
        _describe command commands
      fi
      ${argumentsOf(command)} ;;`;
}

function argumentsOf({ options, argumentChoices, takesArguments, commands }: CommandShape): string {
  const rest = argumentChoices.length > 0 ? `(${argumentChoices.join(" ")})` : "_files";
  const files = takesArguments || commands.length === 0 ? [quote(`*:argument:${rest}`)] : [];
  const specs = [...options.map(argumentSpec), ...files];
  return `_arguments ${specs.map((s) => `\\\n      ${s}`).join(" ")}`;
}

function argumentSpec(option: OptionShape): string {
  const text = option.description.replace(/[\\[\]:]/g, "\\$&");
  const action =
    option.choices.length > 0
      ? `(${option.choices.join(" ")})`
      : option.value === "file"
        ? "_files"
        : "";
  const value = option.value === "none" ? "" : `:value:${action}`;
  const spec = (flag: string) => quote(`*${flag}[${text}]${value}`);
  return [option.short, option.long]
    .filter((f) => f !== null)
    .map(spec)
    .join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
