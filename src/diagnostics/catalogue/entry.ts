/** One diagnostic: its severity, its message and hint as functions of typed parameters, and a longer explanation for the docs. */
export interface CatalogueEntry<P> {
  readonly severity: "error" | "warning";
  readonly message: (params: P) => string;
  readonly hint?: (params: P) => string | undefined;
  readonly explain: string;
}

export function error<P>(
  message: (params: P) => string,
  explain: string,
  hint?: (params: P) => string | undefined,
): CatalogueEntry<P> {
  return { severity: "error", message, explain, ...(hint ? { hint } : {}) };
}

export function warning<P>(
  message: (params: P) => string,
  explain: string,
  hint?: (params: P) => string | undefined,
): CatalogueEntry<P> {
  return { severity: "warning", message, explain, ...(hint ? { hint } : {}) };
}
