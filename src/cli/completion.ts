import { Argument, type Command } from "commander";
import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import { describeProgram, type ProgramShape } from "./completion/shape.ts";
import { zshCompletion } from "./completion/zsh.ts";
import type { Context } from "./context.ts";

const SHELLS: Readonly<Record<string, (shape: ProgramShape) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

const EXAMPLES = `
Examples:
  $ source <(swymc completion bash)          # this shell; add the line to ~/.bashrc to keep it
  $ swymc completion zsh > "\${fpath[1]}/_swymc"
  $ swymc completion fish > ~/.config/fish/completions/swymc.fish`;

/** `swymc completion SHELL`: prints a completion script made from the definitions of this program. */
export function defineCompletion(program: Command, { io }: Context): void {
  program
    .command("completion")
    .description("Print a shell completion script.")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SHELLS)))
    .addHelpText("after", EXAMPLES)
    .action((shell: string) => {
      io.out.write(SHELLS[shell](describeProgram(program)));
    });
}
