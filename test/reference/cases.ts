import fc from "fast-check";
import type { StrategyDocument } from "../../src/dsl/document.ts";
import { DIALECTS } from "../../src/vector/kernel.ts";
import { type Market, markets } from "./generate-bars.ts";
import { documents } from "./generate-documents.ts";
import { type Execution, FREE } from "./simulate.ts";

/** One run to try: bars that a market makes, a document for its prices, and how orders are executed. */
export interface Case {
  readonly market: Market;
  readonly document: StrategyDocument;
  readonly execution: Execution;
}

/** Cases at prices from tiny to huge. */
export function cases(maxLength = 400): fc.Arbitrary<Case> {
  return fc.constantFrom(100, 1, 1e-6, 30_000, 1e9, 1e12).chain((scale) =>
    fc.record({
      market: markets(scale, maxLength),
      document: documents(scale),
      execution: executions(scale),
    }),
  );
}

/** Cases in any dialect, which the reference does not know. */
export function casesInAnyDialect(maxLength: number): fc.Arbitrary<Case> {
  return fc
    .tuple(cases(maxLength), fc.constantFrom(...DIALECTS))
    .map(([tried, dialect]) => ({ ...tried, document: { ...tried.document, dialect } }));
}

function executions(scale: number): fc.Arbitrary<Execution> {
  return fc.record({
    cash: fc.constantFrom(100, 3, 1000, 1e6, 1).map((factor) => factor * scale),
    commission: fc.constantFrom(FREE.commission, 0.001, 0.1),
    slippage: fc.constantFrom(FREE.slippage, 0.0005, 0.05),
    fill: fc.constantFrom(FREE.fill, "close" as const),
    delay: fc.constantFrom(FREE.delay, 0, 0, 1, 3),
  });
}
