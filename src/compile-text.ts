import { SwymcError } from "./diagnostics/index.ts";
import type { CompileText } from "./sweep/rerun.ts";

/** Compiles a script that results of a sweep carry; its parser takes a while to load. */
export const compileText: CompileText = async (text) => {
  const { compileScript } = await import("./compile-script.ts");
  const { script, diagnostics } = compileScript(text);
  if (script === undefined) throw new SwymcError(diagnostics);
  return script;
};
