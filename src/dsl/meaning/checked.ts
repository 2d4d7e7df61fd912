import type { CheckedDocument, PaperRun, PaperRunBody, StrategyDocument } from "../document.ts";
import { sameAsset } from "./check-paper-run.ts";
import { parseInstant } from "./instant.ts";

/** A valid document's value as typed parts: its strategy, and what a paper-run body says of the run. */
export function checkedDocument(value: object): CheckedDocument {
  if (!Object.hasOwn(value, "config")) {
    return { strategy: value as StrategyDocument, paperRun: null };
  }
  const body = value as PaperRunBody;
  return { strategy: body.config.strategy ?? { type: "default" }, paperRun: paperRun(body) };
}

function paperRun(body: PaperRunBody): PaperRun {
  const { instrument, execution } = body.config;
  const balance = execution.initial_state?.balances.find((one) =>
    sameAsset(one.asset, instrument.underlying.quote),
  );
  return {
    mode: body.mode ?? null,
    startsAt: body.starts_at === undefined ? null : parseInstant(body.starts_at),
    finishesAt: body.finishes_at === undefined ? null : parseInstant(body.finishes_at),
    riskFreeReturn: body.risk_free_return ?? 0,
    exchange: instrument.exchange ?? null,
    symbol: instrument.name_exchange,
    kind: instrument.kind ?? null,
    latencyMs: execution.latency_ms ?? 0,
    commission: execution.fees_percent ?? 0,
    cash: balance?.balance.free ?? null,
  };
}
