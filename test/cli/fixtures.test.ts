import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MARKETS } from "../../fixtures/generate.ts";
import { syntheticCsv } from "../../fixtures/synthetic-bars.ts";
import { ROOT } from "../source-tree.ts";

test.each(Object.entries(MARKETS))("fixtures/ohlcv/%s is what its seed makes", (name, market) => {
  const file = readFileSync(join(ROOT, "fixtures/ohlcv", name), "utf8");
  expect(file === syntheticCsv(market)).toBe(true);
});
