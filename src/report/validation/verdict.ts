import { count, decimal, percent } from "../format.ts";
import type { RunValidation } from "./validate-run.ts";

/** Closed trades below which nothing is said: the interval of a win rate is then wider than 30 points. */
const FEWEST_TRADES = 30;

/** Probability of overfitting above which the best in sample is worse than one drawn at random. */
const NO_INFORMATION = 0.5;
/** Share of the best objective below which the sets beside it do not hold it. */
const NEEDLE = 0.5;

/**
 * `supported`: what was chosen stands out from the luck of as many trials. `weak`: it would without the choice.
 * `unsupported`: luck explains it. `undetermined`: too little was traded to tell.
 */
export type VerdictLevel = "supported" | "weak" | "unsupported" | "undetermined";

export interface Verdict {
  readonly level: VerdictLevel;
  /** One sentence. */
  readonly summary: string;
  readonly reasons: readonly string[];
}

/** A verdict by rules that are stated in it, from what was found. */
export function verdictOf(found: Omit<RunValidation, "verdict">): Verdict {
  const { deflated_sharpe: deflated, probabilistic_sharpe: alone, confidence, trials } = found;
  const after = deflated?.probability ?? null;
  const tried = count(trials, "trial");
  if (after === null || alone === null) {
    return {
      level: "undetermined",
      summary: "The returns do not vary, so that nothing can be said.",
      reasons: [],
    };
  }
  const reasons = reasonsOf(found);
  if (found.closed_trades < FEWEST_TRADES) {
    return {
      level: "undetermined",
      summary: `${count(found.closed_trades, "closed trade")}: too few to tell skill from luck (below ${FEWEST_TRADES}).`,
      reasons,
    };
  }
  const overfitting = found.selection?.overfitting?.probability ?? 0;
  if (after >= confidence && overfitting > NO_INFORMATION) {
    return {
      level: "weak",
      summary: `It stands out from the luck of ${tried} (${percent(after)}), but choosing the best of them says nothing about the bars that follow.`,
      reasons,
    };
  }
  if (after >= confidence) {
    return {
      level: "supported",
      summary: `After ${tried} the true Sharpe ratio is above 0 with a probability of ${percent(after)}.`,
      reasons,
    };
  }
  if (alone >= confidence) {
    return {
      level: "weak",
      summary: `Alone it would stand out (${percent(alone)}), but not as the best of ${tried} (${percent(after)}).`,
      reasons,
    };
  }
  return {
    level: "unsupported",
    summary: `Luck explains this: the probability of a true Sharpe ratio above 0 is ${percent(alone)}, and ${percent(after)} after ${tried}.`,
    reasons,
  };
}

function reasonsOf(found: Omit<RunValidation, "verdict">): string[] {
  const { minimum_track_record: needed, bars, bootstrap, win_rate, confidence } = found;
  const reasons: string[] = [];
  if (needed !== null && needed > bars) {
    reasons.push(
      `The run has ${count(bars, "bar")}; ${decimal(Math.ceil(needed), 0)} are needed for ${percent(confidence, 0)}.`,
    );
  }
  if (bootstrap !== null && bootstrap.sharpe.low <= 0) {
    reasons.push(
      `The interval of the Sharpe ratio, ${decimal(bootstrap.sharpe.low)} to ${decimal(bootstrap.sharpe.high)}, holds 0.`,
    );
  }
  if (win_rate !== null && win_rate.p_value > 1 - confidence) {
    reasons.push(
      `The win rate lies between ${percent(win_rate.low, 0)} and ${percent(win_rate.high, 0)}: a coin's is within.`,
    );
  }
  return [...reasons, ...selectionReasons(found)];
}

function selectionReasons({
  selection,
  deflated_sharpe: deflated,
  confidence,
}: Omit<RunValidation, "verdict">): string[] {
  if (selection === null) return [];
  const { overfitting, superior, stability } = selection;
  const reasons: string[] = [];
  if (overfitting !== null && overfitting.probability > 1 - confidence) {
    reasons.push(
      `The best set of one half of the bars is below the median of the sets on the other half in ${percent(overfitting.probability, 0)} of the splits.`,
    );
  }
  if (superior.cash !== null && superior.cash.spa.consistent > 1 - confidence) {
    reasons.push(
      `Sets without any skill have a best one as good with a probability of ${decimal(superior.cash.spa.consistent, 3)}.`,
    );
  } else if (superior.hold !== null && superior.hold.spa.consistent > 1 - confidence) {
    reasons.push(
      `It beats doing nothing, but that any set beats holding the asset is not shown (p = ${decimal(superior.hold.spa.consistent, 3)}).`,
    );
  }
  const retained = stability?.best.retained ?? null;
  if (retained !== null && retained < NEEDLE) {
    reasons.push(
      `The sets beside the best keep ${percent(retained, 0)} of its objective: it is a needle, not a plateau.`,
    );
  }
  if (deflated !== null && reasons.length === 0 && (deflated.probability ?? 0) < confidence) {
    reasons.push("The tests among the trials do not speak against it; their number does.");
  }
  return reasons;
}
