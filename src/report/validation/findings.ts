import { count, decimal, percent } from "../format.ts";
import type { Selection } from "./selection.ts";
import type { RunValidation } from "./validate-run.ts";
import type { VerdictLevel } from "./verdict.ts";

/** A figure of the verdict or of robustness, with what it means. */
export interface Finding {
  readonly label: string;
  readonly value: string;
  readonly meaning: string;
  readonly tone: "good" | "bad" | "neutral";
}

const NONE = "–";

const LEVELS: Readonly<Record<VerdictLevel, { value: string; tone: Finding["tone"] }>> = {
  supported: { value: "supported", tone: "good" },
  weak: { value: "weak", tone: "neutral" },
  unsupported: { value: "unsupported", tone: "bad" },
  undetermined: { value: "undetermined", tone: "neutral" },
};

/** The first figures of a report: what its numbers can carry. */
export function verdictFindings(found: RunValidation): Finding[] {
  const { verdict, deflated_sharpe, probabilistic_sharpe, minimum_track_record, bars } = found;
  const after = deflated_sharpe?.probability ?? null;
  return [
    { label: "Verdict", ...LEVELS[verdict.level], meaning: verdict.summary },
    {
      label: "Deflated Sharpe",
      value: share(after),
      meaning: `probability that the true Sharpe ratio is above 0, as the best of ${count(found.trials, "trial")}`,
      tone: toneOf(after, found.confidence),
    },
    {
      label: "Probabilistic Sharpe",
      value: share(probabilistic_sharpe),
      meaning: "the same, had this been the only trial",
      tone: toneOf(probabilistic_sharpe, found.confidence),
    },
    {
      label: "Minimum track record",
      value: minimum_track_record === null ? NONE : count(Math.ceil(minimum_track_record), "bar"),
      meaning: `needed for ${percent(found.confidence, 0)}; the run has ${decimal(bars, 0)}`,
      tone: minimum_track_record !== null && minimum_track_record <= bars ? "good" : "bad",
    },
    {
      label: "Closed trades",
      value: decimal(found.closed_trades, 0),
      meaning: verdict.reasons.join(" "),
      tone: "neutral",
    },
  ];
}

/** Intervals and tests by resampling. */
export function robustnessFindings(found: RunValidation): Finding[] {
  const { bootstrap, reshuffle, win_rate, kelly, sign_test, chance, confidence } = found;
  const level = percent(confidence, 0);
  const findings: (Finding | null)[] = [
    bootstrap && {
      label: "Sharpe ratio",
      value: `${decimal(bootstrap.sharpe.low)} to ${decimal(bootstrap.sharpe.high)}`,
      meaning: `${level} interval, ${count(bootstrap.resamples, "stationary bootstrap")} of ${found.resampled}`,
      tone: bootstrap.sharpe.low > 0 ? "good" : bootstrap.sharpe.high < 0 ? "bad" : "neutral",
    },
    bootstrap && {
      label: "Total return",
      value: `${percent(bootstrap.total_return.low, 0)} to ${percent(bootstrap.total_return.high, 0)}`,
      meaning: `${level} interval; ${percent(bootstrap.probability_of_loss, 0)} of the resamples lost money`,
      tone: bootstrap.total_return.low > 0 ? "good" : "neutral",
    },
    bootstrap && {
      label: "Max drawdown",
      value: `${percent(bootstrap.max_drawdown.low, 0)} to ${percent(bootstrap.max_drawdown.high, 0)}`,
      meaning: `${level} interval of the same resamples`,
      tone: "neutral",
    },
    sign_test === null
      ? null
      : {
          label: "Sign test",
          value: decimal(sign_test, 3),
          meaning: `probability of this return if those of ${found.resampled} had been as likely to be their opposites; Sharpe ratios by chance: ${chanceText(chance)}`,
          tone: sign_test <= 1 - confidence ? "good" : "neutral",
        },
    win_rate && {
      label: "Win rate",
      value: `${percent(win_rate.low, 0)} to ${percent(win_rate.high, 0)}`,
      meaning: `${level} Wilson interval; a coin gives this with probability ${decimal(win_rate.p_value, 3)}`,
      tone: "neutral",
    },
    reshuffle && {
      label: "Drawdown of trades",
      // In money, so that a losing run at the start can take more than there is.
      value: `${percent(Math.min(1, reshuffle.max_drawdown.median), 0)}, up to ${percent(Math.min(1, reshuffle.max_drawdown.high), 0)}`,
      meaning: `median and ${level} of the same profits and losses in ${count(reshuffle.resamples, "random order")}; ${percent(reshuffle.probability_of_ruin, 0)} of them lose all on the way`,
      tone: "neutral",
    },
    kelly && {
      label: "Kelly stake",
      value: percent(kelly.kelly, 1),
      meaning: `${percent(kelly.bootstrap.low, 0)} to ${percent(kelly.bootstrap.high, 0)} by resampling; a quarter of it: ${percent(kelly.stake, 1)}`,
      tone: kelly.bootstrap.low > 0 ? "good" : "neutral",
    },
  ];
  return [...findings.filter((finding) => finding !== null), ...selectionFindings(found)];
}

/** What choosing among trials that are known does; none for a run alone. */
export function selectionFindings(found: RunValidation): Finding[] {
  const { selection, deflated_sharpe_independent: independent, confidence } = found;
  if (selection === null) return [];
  const { overfitting, superior, stability, drawn, trials } = selection;
  const of =
    drawn < trials ? `${decimal(drawn, 0)} of ${count(trials, "set")}` : count(drawn, "set");
  const test = (label: string, result: Selection["superior"]["cash"], than: string) =>
    result && {
      label,
      value: decimal(result.spa.consistent, 3),
      meaning: `probability of a best set as good if none of ${of} beat ${than} (Hansen's SPA; White's reality check ${decimal(result.reality_check, 3)})`,
      tone: result.spa.consistent <= 1 - confidence ? ("good" as const) : ("bad" as const),
    };
  const findings: (Finding | null)[] = [
    independent && {
      label: "If fewer counted",
      value: share(independent.probability),
      meaning: `deflated by ${decimal(independent.trials, 0)} trials, as many as are independent at a correlation of ${decimal(selection.correlation ?? 0)}`,
      tone: toneOf(independent.probability, confidence),
    },
    overfitting && {
      label: "Overfitting",
      value: percent(overfitting.probability, 0),
      meaning: `of ${count(overfitting.combinations, "split")} have the best of ${of} in sample below the median out of sample; ${percent(overfitting.probability_of_loss, 0)} lose money there`,
      tone:
        overfitting.probability > 0.5 ? "bad" : overfitting.probability <= 0.1 ? "good" : "neutral",
    },
    test("Beats nothing", superior.cash, "doing nothing"),
    test("Beats holding", superior.hold, "holding the asset"),
    stability && {
      label: "Stability",
      value: stability.best.retained === null ? NONE : percent(stability.best.retained, 0),
      meaning: `of the best objective is the mean of its ${count(stability.best.neighbours, "neighbour")}${smoothText(stability.smoothness)}`,
      tone: (stability.best.retained ?? 0) >= 0.5 ? "good" : "bad",
    },
  ];
  return findings.filter((finding) => finding !== null);
}

function smoothText(smoothness: number | null): string {
  return smoothness === null ? "" : `; rank correlation of neighbours ${decimal(smoothness)}`;
}

function chanceText(chance: RunValidation["chance"]): string {
  if (chance === null) return NONE;
  return `${decimal(chance.sharpe.low)} to ${decimal(chance.sharpe.high)}`;
}

function share(value: number | null): string {
  return value === null ? NONE : percent(value, 1);
}

function toneOf(value: number | null, confidence: number): Finding["tone"] {
  return value === null
    ? "neutral"
    : value >= confidence
      ? "good"
      : value < 0.5
        ? "bad"
        : "neutral";
}
