/** A bet that wins `payoff` times its stake with probability `winRate`, and else loses the stake. */
export interface Bet {
  readonly winRate: number;
  readonly payoff: number;
}

/**
 * Probability of ever losing all of a capital of `units` equal stakes: z^units, z the root in (0, 1) of
 * p z^(b+1) - z + 1 - p = 0 (Feller, An Introduction to Probability Theory and Its Applications 1, 1968, §XIV.2, and
 * its problem 10 for payoffs b other than 1, for which it is ((1-p)/p)^units). Exact for whole units and payoffs, else
 * an upper bound up to the last stake. 1 without an edge.
 * @throws RangeError unless units ≥ 0 and the bet has a probability and a positive payoff
 */
export function riskOfRuin(bet: Bet, units: number): number {
  checkBet(bet);
  if (!(units >= 0)) throw new RangeError(`a capital of ${units} stakes cannot be ruined`);
  const { winRate: p, payoff: b } = bet;
  if (p * (b + 1) <= 1) return 1;
  if (p === 1) return units === 0 ? 1 : 0;
  // By θ = -ln z: p e^(-θ b) + (1 - p) e^θ = 1.
  return Math.exp(-units * adjustment(Float64Array.of(b, -1), Float64Array.of(p, 1 - p)));
}

/**
 * Probability that equity ever falls to `level` of what it is now, when each trade is bet with `stake` of equity:
 * level^θ, θ > 0 the root of E[(1 + stake · x)^-θ] = 1 (Lundberg's bound for the walk of log equity: Asmussen and
 * Albrecher, Ruin Probabilities, 2010, §IV.5; for small stakes level^(2/c - 1) at c times Kelly's stake, Thorp, The
 * Kelly Criterion, 2006, equation 7.1). Exact where equity passes through the level itself, else an upper bound, close
 * where one loss is small beside the fall. 1 where log equity does not grow.
 * @param outcomes of a trade per unit staked, each as likely; -1 loses the stake
 * @returns null without outcomes, or where one of them is na
 * @throws RangeError unless 0 < level ≤ 1 and stake ≥ 0
 */
export function riskOfFall(outcomes: Float64Array, stake: number, level: number): number | null {
  if (!(level > 0 && level <= 1)) throw new RangeError(`no fall to ${level} of equity`);
  if (!(stake >= 0 && Number.isFinite(stake))) throw new RangeError(`no stake of ${stake}`);
  if (outcomes.length === 0 || !outcomes.every(Number.isFinite)) return null;
  if (level === 1) return 1;
  if (outcomes.some((x) => stake * x <= -1)) return 1;
  const steps = outcomes.map((x) => Math.log1p(stake * x));
  if (steps.every((step) => step >= 0)) return 0;
  if (!(steps.reduce((sum, step) => sum + step, 0) > 0)) return 1;
  const chance = new Float64Array(steps.length).fill(1 / steps.length);
  return Math.exp(Math.log(level) * adjustment(steps, chance));
}

/** Risk by share of equity staked and by share of the capital that may be left. */
export interface RuinTable {
  readonly stakes: readonly number[];
  readonly levels: readonly number[];
  /** `risk[s][l]`: of ever falling to `levels[l]` of equity at `stakes[s]`. */
  readonly risk: readonly (readonly (number | null)[])[];
}

/** `riskOfFall` for each stake and level. */
export function ruinTable(
  outcomes: Float64Array,
  stakes: readonly number[],
  levels: readonly number[],
): RuinTable {
  const risk = stakes.map((stake) => levels.map((level) => riskOfFall(outcomes, stake, level)));
  return { stakes, levels, risk };
}

/**
 * The root θ > 0 of Σ chance · e^(-θ step) = 1 for steps of positive mean of which some are negative: the left side
 * is convex, 1 at 0, and falls there first. Bisection to the last bit.
 */
function adjustment(steps: Float64Array, chance: Float64Array): number {
  const excess = (theta: number) =>
    steps.reduce((sum, step, i) => sum + chance[i] * Math.expm1(-theta * step), 0);
  let high = 1;
  while (excess(high) <= 0) high *= 2;
  let low = 0;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (excess(middle) <= 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkBet({ winRate, payoff }: Bet): void {
  if (!(winRate >= 0 && winRate <= 1 && payoff > 0)) {
    throw new RangeError(`no bet with win rate ${winRate} and payoff ${payoff}`);
  }
}
