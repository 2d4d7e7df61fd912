import type { RunOptions } from "./options.ts";

/** What a paper-run body says of money and time. */
export interface PaperDefaults {
  readonly cash: number | null;
  /** Fraction of the order value. */
  readonly commission: number;
  readonly latencyMs: number;
  readonly riskFreeReturn: number;
}

/** The run options a paper-run body stands for; latency delays the fill by each whole bar it fills. */
export function paperOptions(paper: PaperDefaults | null, stepMs: number): RunOptions {
  if (!paper) return {};
  return {
    ...(paper.cash === null ? {} : { cash: paper.cash }),
    commission: paper.commission,
    delay: Math.floor(paper.latencyMs / stepMs),
    riskFreeReturn: paper.riskFreeReturn,
  };
}
