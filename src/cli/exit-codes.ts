/** What the process returns. docs/cli.md shows this table; a test holds the two together. */
export const EXIT_CODES = {
  ok: {
    code: 0,
    meaning: "It worked: no errors found, file written, or backtest ran (`ok` and `no_trades`).",
  },
  user: {
    code: 1,
    meaning:
      "Something given has to change: the command line, the document, an option's value, the data, or there is nothing to run on (`error`, `empty_dataset`, `symbol_not_found`).",
  },
  interrupted: {
    code: 130,
    meaning: "A sweep was stopped by Ctrl-C; what it had done is written, and `--resume` goes on.",
  },
  bug: { code: 70, meaning: "A bug in swymc; the message asks you to report it." },
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]["code"];
