import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metricDocs } from "./metric-docs.ts";

test("docs/metrics.md is what the table of metrics says; `npm run docs` writes it", () => {
  const page = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
  expect(page).toBe(metricDocs());
});
