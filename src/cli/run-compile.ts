import { printProgram } from "../ir/index.ts";
import { emitModule } from "../module/emit-module.ts";
import type { Program } from "../program/program.ts";
import type { CompileOptions } from "./compile.ts";
import { compileDocument } from "./compile-document.ts";
import type { Context } from "./context.ts";
import { irJson } from "./ir-json.ts";
import { writeFileWhole } from "./write-file.ts";

/** Writes what was asked for; a module's declarations go beside it. */
export function runCompile(path: string, options: CompileOptions, context: Context): void {
  const program = compileDocument(path, { json: false, warn: true }, context);
  if (program === null) return;
  const { code, declarations } = emit(program, options.emit);
  if (options.output === undefined) {
    context.io.out.write(code);
    return;
  }
  const written = [options.output];
  writeFileWhole(options.output, code);
  if (declarations !== null) {
    written.push(declarationFile(options.output));
    writeFileWhole(written[1], declarations);
  }
  context.io.err.write(`wrote ${written.join(" and ")}\n`);
}

function emit(program: Program, what: CompileOptions["emit"]) {
  switch (what) {
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

/** Where TypeScript looks: `x.mjs` → `x.d.mts`, `x.js` → `x.d.ts`. */
function declarationFile(path: string): string {
  return /\.[cm]?js$/.test(path) ? path.replace(/\.([cm]?)js$/, ".d.$1ts") : `${path}.d.ts`;
}
