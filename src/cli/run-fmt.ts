import { diagnose, SourceText, SwymcError } from "../diagnostics/index.ts";
import { formatDocument } from "../dsl/format.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import type { FmtOptions } from "./fmt.ts";
import { documentName, readDocument } from "./read-document.ts";
import { reportDiagnostics } from "./report-errors.ts";
import { writeFileWhole } from "./write-file.ts";

/** Formats each file. One with syntax errors is reported and left as it is; the others are formatted all the same. */
export function runFmt(files: readonly string[], options: FmtOptions, context: Context): void {
  for (const path of files) fmtFile(path, options, context);
}

function fmtFile(path: string, options: FmtOptions, { io, exit }: Context): void {
  const file = documentName(path);
  let text = new SourceText("", file);
  try {
    const source = readDocument(path);
    text = new SourceText(source, file);
    const { formatted, diagnostics } = formatDocument(source, file);
    if (formatted === null) throw new SwymcError(diagnostics);
    const changed = formatted !== source;
    if (options.check) {
      if (!changed) return;
      reportDiagnostics([diagnose("format_differs", { file })], undefined, io);
      exit(EXIT_CODES.user.code);
    } else if (options.stdout || path === "-") {
      io.out.write(formatted);
    } else if (changed) {
      writeFileWhole(path, formatted);
      io.err.write(`${file} formatted\n`);
    }
  } catch (error) {
    if (!(error instanceof SwymcError)) throw error;
    reportDiagnostics(error.diagnostics, text, io);
    exit(EXIT_CODES.user.code);
  }
}
