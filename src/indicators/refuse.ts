import type { CatalogueEntry } from "../diagnostics/catalogue/entry.ts";
import { indicatorDiagnostics } from "../diagnostics/catalogue/indicators.ts";
import type { Diagnostic } from "../diagnostics/index.ts";

type Entries = typeof indicatorDiagnostics;
type Params<C extends keyof Entries> = Entries[C] extends CatalogueEntry<infer P> ? P : never;

/**
 * Thrown for wrong arguments to the indicator functions; `diagnostics` as everywhere in swymc.
 * A class of its own, so that a page which bundles one indicator does not carry the whole catalogue.
 */
export class IndicatorError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.code}: ${diagnostic.message}`);
    this.name = "IndicatorError";
    this.diagnostics = [diagnostic];
  }
}

export function refuse<C extends keyof Entries>(code: C, params: Params<C>): never {
  return refuseBy(code, indicatorDiagnostics[code] as unknown as CatalogueEntry<Params<C>>, params);
}

/** Throws by an entry of another part of the catalogue. */
export function refuseBy<P>(code: Diagnostic["code"], entry: CatalogueEntry<P>, params: P): never {
  const hint = entry.hint?.(params);
  throw new IndicatorError({
    code,
    severity: entry.severity,
    message: entry.message(params),
    ...(hint === undefined ? {} : { hint }),
  });
}
