import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalogue } from "../src/diagnostics/index.ts";

const FILE = fileURLToPath(new URL("../docs/diagnostics.md", import.meta.url));

/** The text of docs/diagnostics.md, made from the catalogue. `npm run docs` writes it; a test holds it. */
export function diagnosticsDocs(): string {
  const entries: [string, { severity: string; explain: string }][] = Object.entries(catalogue);
  const rows = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, explain }]) => {
      return `| \`${code}\` | ${severity} | ${explain.replaceAll("|", "\\|")} |`;
    });
  return `${PREFACE}\n| code | severity | explanation |\n|---|---|---|\n${rows.join("\n")}\n`;
}

const PREFACE = `# Diagnostics

<!-- Made by \`npm run docs\` from src/diagnostics/catalogue; edit the entries there. -->

Everything that swymc finds wrong has a code, a severity, a message, where it helps a hint, and the
place it points to: file, JSON pointer (RFC 6901), line and column. Errors stop a run, warnings do not.
All errors of a document are reported at once.
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, diagnosticsDocs());
