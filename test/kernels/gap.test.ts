import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { naAfterGap } from "./gap.ts";
import { paramsFor } from "./inputs.ts";

describe("in tv an na bar poisons nothing: values return within the warm-up", () => {
  for (const definition of indicators) {
    test(definition.name, () => {
      for (const period of [2, 5, 20]) {
        const params = paramsFor(definition, period);
        const warmup = definition.warmup(params, "tv");
        expect(naAfterGap(definition, params), `period ${period}`).toBeLessThanOrEqual(warmup);
      }
    });
  }

  test("a dialect whose library poisons would be found out", () => {
    const ema = indicators.find(({ name }) => name === "ema")!;
    const poisoned = { ...ema, kernel: () => ema.kernel("backtrader") };
    expect(naAfterGap(poisoned, [20])).toBe(299);
  });
});
