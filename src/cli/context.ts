import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** What a command gets beside its arguments. */
export interface Context {
  readonly io: Io;
  /** Sets what the process will return; 0 unless called. */
  exit(code: ExitCode): void;
}
