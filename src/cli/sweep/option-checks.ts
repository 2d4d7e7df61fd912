import { diagnose, SwymcError } from "../../diagnostics/index.ts";

/** An option of a sweep has a value that it cannot have. */
export function sweepOptionError(option: string, value: string, expected: string): SwymcError {
  return new SwymcError([diagnose("sweep_option", { option, value, expected })]);
}

/** Fails where a page would not be known as one, before any work is done. */
export function checkReportPath(path: string | undefined): void {
  if (path === undefined || /\.html?$/i.test(path)) return;
  throw sweepOptionError("--report", path, "a file that ends in .html");
}
