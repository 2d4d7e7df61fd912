import { cliDiagnostics } from "./cli.ts";
import { counterpartDiagnostics } from "./counterpart.ts";
import { danfoDiagnostics } from "./danfo.ts";
import { dataDiagnostics } from "./data.ts";
import { datasetDiagnostics } from "./dataset.ts";
import type { CatalogueEntry } from "./entry.ts";
import { fetchDiagnostics } from "./fetch.ts";
import { importDiagnostics } from "./import.ts";
import { indicatorDiagnostics } from "./indicators.ts";
import { portfolioDiagnostics } from "./portfolio.ts";
import { rulesDiagnostics } from "./rules.ts";
import { runDiagnostics } from "./run.ts";
import { keptRunDiagnostics } from "./runs.ts";
import { scriptDiagnostics } from "./script.ts";
import { scriptRunDiagnostics } from "./script-run.ts";
import { storeDiagnostics } from "./store.ts";
import { streamDiagnostics } from "./streams.ts";
import { sweepDiagnostics } from "./sweep.ts";
import { textDiagnostics } from "./text.ts";
import { validationDiagnostics } from "./validation.ts";

/** Every diagnostic that swymc can give, by code. The only place where their sentences stand. */
export const catalogue = {
  ...rulesDiagnostics,
  ...dataDiagnostics,
  ...datasetDiagnostics,
  ...runDiagnostics,
  ...portfolioDiagnostics,
  ...indicatorDiagnostics,
  ...streamDiagnostics,
  ...storeDiagnostics,
  ...fetchDiagnostics,
  ...importDiagnostics,
  ...danfoDiagnostics,
  ...textDiagnostics,
  ...scriptDiagnostics,
  ...scriptRunDiagnostics,
  ...sweepDiagnostics,
  ...keptRunDiagnostics,
  ...validationDiagnostics,
  ...counterpartDiagnostics,
  ...cliDiagnostics,
};

export type DiagnosticCode = keyof typeof catalogue;
export type ParamsOf<C extends DiagnosticCode> =
  (typeof catalogue)[C] extends CatalogueEntry<infer P> ? P : never;
