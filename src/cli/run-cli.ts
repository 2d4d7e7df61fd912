import { CommanderError } from "commander";
import { diagnose, SwymcError } from "../diagnostics/index.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { createProgram } from "./program.ts";
import { reportErrors } from "./report-errors.ts";

/** Runs one command line (without `node` and the script) and returns the exit code. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = EXIT_CODES.ok.code;
  const program = createProgram({
    io,
    exit: (code) => {
      exit = code;
    },
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return exit;
  } catch (error) {
    return explain(error, argv.includes("--json"), io);
  }
}

function explain(error: unknown, json: boolean, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT_CODES.ok.code;
    // Commander has written its message to standard error already.
    if (json)
      reportErrors([diagnose("usage", { message: error.message })], { json, quiet: true }, io);
    return EXIT_CODES.user.code;
  }
  if (error instanceof SwymcError) {
    reportErrors(error.diagnostics, { json }, io);
    return EXIT_CODES.user.code;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err.write(`swymc has a bug, please report it with what follows.\n${detail}\n`);
  return EXIT_CODES.bug.code;
}
