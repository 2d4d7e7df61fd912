import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnosticsDocs } from "../../scripts/diagnostics-docs.ts";
import { ROOT } from "../source-tree.ts";

test("docs/diagnostics.md is what `npm run docs` makes of the catalogue", () => {
  expect(readFileSync(join(ROOT, "docs/diagnostics.md"), "utf8")).toBe(diagnosticsDocs());
});
