import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { textDocs } from "../../../scripts/text-docs/page.ts";
import { ROOT } from "../../source-tree.ts";

test("docs/text-builtins.md is what `npm run docs` makes of the table", () => {
  expect(readFileSync(join(ROOT, "docs/text-builtins.md"), "utf8")).toBe(textDocs());
});
