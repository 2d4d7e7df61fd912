import { Option } from "commander";

/** Another name of an option, for who knows it from other commands or earlier versions: it works, and no help tells it. */
export class AliasOption extends Option {
  readonly #of: Option;

  constructor(flags: string, of: Option) {
    super(flags);
    this.#of = of;
    if (of.parseArg !== undefined) this.parseArg = of.parseArg;
    if (of.argChoices !== undefined) this.argChoices = of.argChoices;
    this.hideHelp();
  }

  override attributeName(): string {
    return this.#of.attributeName();
  }
}
