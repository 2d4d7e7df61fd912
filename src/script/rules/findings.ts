import { type Diagnostic, diagnose, type Place } from "../../diagnostics/index.ts";
import type { Span } from "../../dsl/text/ast.ts";

export type PlaceOf = (span: Span) => Place;

/** What stands in the way of rules, and where rules would decide otherwise; each once per place. */
export class Findings {
  readonly #placeOf: PlaceOf;
  readonly #found = new Map<string, Diagnostic>();

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf;
  }

  obstacle(construct: string, advice: string, span: Span): null {
    this.add(diagnose("rules_no_counterpart", { construct, advice }, this.#placeOf(span)));
    return null;
  }

  warn(code: "rules_tolerance" | "rules_na" | "rules_size", span: Span): void {
    this.add(diagnose(code, {}, this.#placeOf(span)));
  }

  together(line: number, span: Span): void {
    this.add(diagnose("rules_together", { line }, this.#placeOf(span)));
  }

  line(span: Span): number {
    return this.#placeOf(span).span?.line ?? 1;
  }

  input(name: string, value: string, span: Span): void {
    this.add(diagnose("rules_input", { name, value }, this.#placeOf(span)));
  }

  add(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic;
    this.#found.set(`${code} ${span?.offset} ${message}`, diagnostic);
  }

  /** In the order of the text. */
  get all(): readonly Diagnostic[] {
    return [...this.#found.values()].sort((a, b) => (a.span?.offset ?? 0) - (b.span?.offset ?? 0));
  }

  get errors(): readonly Diagnostic[] {
    return this.all.filter(({ severity }) => severity === "error");
  }
}
