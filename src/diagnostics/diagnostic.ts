import { catalogue, type DiagnosticCode, type ParamsOf } from "./catalogue/index.ts";

/** A place in a source text: offsets in UTF-16 units, line and column counted from 1. */
export interface Span {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** Where a diagnostic points: any of a file, a JSON pointer (RFC 6901) and a span of its text. */
export interface Place {
  readonly file?: string;
  readonly pointer?: string;
  readonly span?: Span;
}

/** One finding for a person to act on. Plain data: it serialises to JSON as it is. */
export interface Diagnostic extends Place {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
}

/** Makes a diagnostic from its catalogue entry; call sites pass parameters, never sentences. */
export function diagnose<C extends DiagnosticCode>(
  code: C,
  params: ParamsOf<C>,
  place: Place = {},
): Diagnostic {
  const entry = catalogue[code] as unknown as {
    severity: "error" | "warning";
    message: (p: unknown) => string;
    hint?: (p: unknown) => string | undefined;
  };
  const hint = entry.hint?.(params);
  return {
    code,
    severity: entry.severity,
    message: entry.message(params),
    ...(hint === undefined ? {} : { hint }),
    ...place,
  };
}

/** Thrown for I/O and for wrong arguments to the library; carries its diagnostics. */
export class SwymcError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], options?: ErrorOptions) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join("\n"), options);
    this.name = "SwymcError";
    this.diagnostics = diagnostics;
  }
}

/** Throws a {@link SwymcError} with one diagnostic. */
export function fail<C extends DiagnosticCode>(code: C, params: ParamsOf<C>, place?: Place): never {
  throw new SwymcError([diagnose(code, params, place)]);
}
