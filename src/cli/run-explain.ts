import { loadDataset } from "../data/index.ts";
import { loadOptionsOf } from "../program/backtest.ts";
import { explain } from "../program/explain/explain.ts";
import { explanationText } from "../report/index.ts";
import { compileStrategy } from "./compile-document.ts";
import type { Context } from "./context.ts";
import type { ExplainOptions } from "./explain.ts";
import { documentName } from "./read-document.ts";
import { runOptionsOf } from "./run-options.ts";

/** Compiles the strategy, loads the bars, runs it and prints what it saw and did on one bar. */
export async function runExplain(path: string, options: ExplainOptions, context: Context) {
  const { io } = context;
  const json = options.json === true;
  const compiled = await compileStrategy(path, { json, warn: false }, context);
  if (compiled === null) return;
  const { program } = compiled;
  const runOptions = runOptionsOf(options);
  const dataset = await loadDataset(options.data, loadOptionsOf(program, runOptions));
  const bar = /^\d{11,}$/.test(options.bar) ? Number(options.bar) : options.bar;
  const told = explain(program, dataset, { ...runOptions, bar });
  io.out.write(
    json
      ? `${JSON.stringify(told)}\n`
      : explanationText(told, documentName(path), { color: io.outColor }),
  );
}
