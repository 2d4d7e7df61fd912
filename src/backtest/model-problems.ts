import { BOTH_HIT, type ExecutionModels, IMPACT_MODELS } from "./execution-models.ts";

type Check = readonly [name: string, value: unknown, fine: boolean, expected: string];

const FRACTION = "a fraction from 0 to below 1";
const AMOUNT = "a number from 0 up";

/** Every unusable value among the execution models. */
export function modelProblems(
  models: ExecutionModels,
): { name: string; value: string; expected: string }[] {
  const checks: Check[] = [...costChecks(models), ...modelChecks(models), ...marginChecks(models)];
  return checks
    .filter(([, , fine]) => !fine)
    .map(([name, value, , expected]) => ({ name, value: String(value), expected }));
}

function costChecks(models: ExecutionModels): Check[] {
  const { commissionPerUnit, commissionPerOrder, makerCommission, commissionTiers } = models;
  const { spread, slippageTicks, borrow, tick, lot } = models;
  const tiers = commissionTiers ?? [];
  const ascending = tiers.every(
    ({ volume, maker, taker }, k) =>
      fraction(maker) &&
      fraction(taker) &&
      (k === 0 ? volume === 0 : volume > tiers[k - 1]!.volume),
  );
  return [
    ["commissionPerUnit", commissionPerUnit, amount(commissionPerUnit), AMOUNT],
    ["commissionPerOrder", commissionPerOrder, amount(commissionPerOrder), AMOUNT],
    ["makerCommission", makerCommission, fraction(makerCommission ?? 0), FRACTION],
    [
      "commissionTiers",
      JSON.stringify(commissionTiers),
      commissionTiers === null || (tiers.length > 0 && ascending),
      "tiers of rising volumes, the first from 0, with fractions below 1",
    ],
    ["spread", spread, spread >= 0 && spread < 2, "a fraction from 0 to below 2"],
    [
      "slippageTicks",
      slippageTicks,
      amount(slippageTicks) && (slippageTicks === 0 || tick !== null),
      "a number from 0 up, beside the size of a tick",
    ],
    ["borrow", borrow, amount(borrow), AMOUNT],
    ["tick", tick, tick === null || (amount(tick) && tick > 0), "a positive number"],
    [
      "lot",
      lot,
      lot === null ||
        (typeof lot === "string" && /^(?=[0-9.]*[1-9])[0-9]{1,15}(\.[0-9]{1,12})?$/.test(lot)),
      "a positive decimal of at most 12 decimals, as a text",
    ],
  ];
}

function modelChecks({ impact, liquidity, funding, latencyMs, bothHit }: ExecutionModels): Check[] {
  const { coefficient = 0, model = "square_root", volume = "24h" } = impact ?? {};
  const { share = 1, excess = "reject" } = liquidity ?? {};
  const { rate = 0, hours = 8 } = funding ?? {};
  return [
    ["impact.coefficient", coefficient, amount(coefficient), AMOUNT],
    ["impact.model", model, IMPACT_MODELS.includes(model), IMPACT_MODELS.join(" or ")],
    ["impact.volume", volume, volume === "24h" || volume === "session", "24h or session"],
    ["liquidity.share", share, share > 0 && share <= 1, "a fraction above 0 and at most 1"],
    ["liquidity.excess", excess, excess === "reject" || excess === "partial", "reject or partial"],
    ["funding.rate", rate, Math.abs(rate) < 1, "a fraction between -1 and 1"],
    ["funding.hours", hours, Number.isFinite(hours) && hours > 0, "a positive number"],
    ["latencyMs", latencyMs, amount(latencyMs ?? 0), AMOUNT],
    ["bothHit", bothHit, BOTH_HIT.includes(bothHit), BOTH_HIT.join(" or ")],
  ];
}

function marginChecks({ leverage, maintenanceMargin }: ExecutionModels): Check[] {
  const most = 1 / (leverage ?? 1);
  return [
    [
      "leverage",
      leverage,
      leverage === null || (leverage > 0 && amount(leverage)),
      "a positive number",
    ],
    [
      "maintenanceMargin",
      maintenanceMargin,
      maintenanceMargin === null || (maintenanceMargin >= 0 && maintenanceMargin < most),
      "a fraction from 0 to below 1 / leverage",
    ],
  ];
}

function amount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function fraction(value: number): boolean {
  return value >= 0 && value < 1;
}
