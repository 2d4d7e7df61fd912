import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernelOf } from "../../src/indicators/registry.ts";
import { runSeed } from "./cases.ts";
import { claims, tryClaim } from "./claims.ts";

const seed = runSeed("kernels against plain formulas");

describe("kernels compute the plain formulas of other systems", () => {
  for (const claim of claims) {
    const over = claim.gaps ? "over gaps" : "without gaps";
    test(`${claim.indicator} in ${claim.dialect} is ${claim.formula} ${over}`, () => {
      const kernel = kernelOf(claim.indicator, claim.dialect);
      const details = tryClaim(claim, kernel, { seed, numRuns: 1000 });
      expect(details.failed, fc.defaultReportMessage(details)).toBe(false);
      expect(details.numRuns).toBe(1000);
    });
  }
});
