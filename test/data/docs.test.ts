import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MAX_BARS, SPELLINGS } from "../../src/data/index.ts";
import { dataDiagnostics } from "../../src/diagnostics/catalogue/data.ts";

const page = readFileSync(new URL("../../docs/data.md", import.meta.url), "utf8");

it("docs/data.md names every accepted spelling of a column, and the limit of rows", () => {
  const names = Object.values(SPELLINGS).flat();
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(page).toContain(`| rows | ${MAX_BARS.toLocaleString("en")} |`);
});

it("docs/data.md explains every diagnostic about data, in the catalogue's words", () => {
  const rows = Object.entries(dataDiagnostics).map(
    ([code, { explain }]) => `| \`${code}\` | ${explain.replaceAll("|", "\\|")} |`,
  );
  const table = page.slice(page.indexOf("## Errors and warnings"));
  expect(table.split("\n").filter((line) => /^\| `[a-z_]+` \| [A-Z]/.test(line))).toEqual(rows);
});
