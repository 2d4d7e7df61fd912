import { type Diagnostic, diagnose, SourceText, SwymcError } from "../diagnostics/index.ts";
import { languageOf } from "../dsl/language.ts";
import { printProgram } from "../ir/index.ts";
import { emitModule } from "../module/emit-module.ts";
import type { Program } from "../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../program/script-program.ts";
import type { CompileOptions } from "./compile.ts";
import { compileStrategy } from "./compile-document.ts";
import type { Context } from "./context.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { irJson } from "./ir-json.ts";
import { keepInputs } from "./keep-inputs.ts";
import { documentName, readDocument } from "./read-document.ts";
import { reportDiagnostics } from "./report-errors.ts";
import { writeFileWhole } from "./write-file.ts";

interface Emitted {
  readonly code: string;
  readonly declarations: string | null;
}

/** Writes what was asked for; a module's declarations go beside it. */
export async function runCompile(path: string, options: CompileOptions, context: Context) {
  const { emit, output } = options;
  keepInputs([path], [output]);
  const emitted =
    emit === "rules" || emit === "text"
      ? await otherForm(path, emit, context)
      : await compiled(path, emit, context);
  if (emitted !== null) write(emitted, output, context);
}

function write({ code, declarations }: Emitted, output: string | undefined, { io }: Context): void {
  if (output === undefined) {
    io.out.write(code);
    return;
  }
  const written = [output];
  writeFileWhole(output, code);
  if (declarations !== null) {
    written.push(declarationFile(output));
    writeFileWhole(written[1], declarations);
  }
  io.err.write(`wrote ${written.join(" and ")}\n`);
}

async function compiled(
  path: string,
  emit: "ir" | "json" | "module",
  context: Context,
): Promise<Emitted | null> {
  const strategy = await compileStrategy(path, { json: false, warn: true }, context);
  if (strategy === null) return null;
  const { program } = strategy;
  return isScriptProgram(program) ? ofScript(program, emit) : ofRules(program, emit);
}

function ofRules(program: Program, emit: "ir" | "json" | "module"): Emitted {
  switch (emit) {
    case "ir":
      return { code: printProgram(program.ir), declarations: null };
    case "json":
      return { code: irJson(program), declarations: null };
    case "module": {
      const { code, dts } = emitModule(program);
      return { code, declarations: dts };
    }
  }
}

/** The IR of a script is that of rules where it has one, in the JSON form nothing else. */
async function ofScript(program: ScriptProgram, emit: "ir" | "json" | "module"): Promise<Emitted> {
  if (emit === "module") {
    const { emitScriptModule } = await import("../module/emit-script-module.ts");
    const { code, dts } = emitScriptModule(program);
    return { code, declarations: dts };
  }
  const { ir, obstacles, differences } = program.asRules();
  if (emit === "ir") {
    if (ir !== undefined && differences.length === 0)
      return { code: printProgram(ir), declarations: null };
    const { printCore } = await import("../dsl/text/check/index.ts");
    return { code: `${printCore(program.core)}\n`, declarations: null };
  }
  if (ir === undefined) throw new SwymcError(obstacles);
  const rules = { ir, interval: null, strategyId: () => program.strategyId() };
  return { code: irJson({ ...rules, warmup: () => program.warmup() }), declarations: null };
}

/** A script as a rule document, or a rule document as a script. */
async function otherForm(
  path: string,
  emit: "rules" | "text",
  { io, exit }: Context,
): Promise<Emitted | null> {
  const file = documentName(path);
  const text = new SourceText(readDocument(path), file);
  const isScript = languageOf(text.text, path) === "text";
  if (isScript !== (emit === "rules")) {
    const wanted = isScript ? "a rule document" : "a script";
    throw new SwymcError([diagnose("strategy_language", { wanted, emit })]);
  }
  const { code, diagnostics } = await written(text.text, file, emit);
  reportDiagnostics(diagnostics, text, io);
  if (code === null) exit(EXIT_CODES.user.code);
  return code === null ? null : { code, declarations: null };
}

async function written(
  source: string,
  file: string,
  emit: "rules" | "text",
): Promise<{ code: string | null; diagnostics: readonly Diagnostic[] }> {
  // The parser of scripts takes a while to load.
  if (emit === "text") {
    const { toText } = await import("../to-text.ts");
    const { text, diagnostics } = toText(source, { file });
    return { code: text ?? null, diagnostics };
  }
  const { toRules } = await import("../to-rules.ts");
  const { rules, diagnostics } = toRules(source, { file });
  return { code: rules ? `${JSON.stringify(rules, null, 2)}\n` : null, diagnostics };
}

/** Where TypeScript looks: `x.mjs` → `x.d.mts`, `x.js` → `x.d.ts`. */
function declarationFile(path: string): string {
  return /\.[cm]?js$/.test(path) ? path.replace(/\.([cm]?)js$/, ".d.$1ts") : `${path}.d.ts`;
}
