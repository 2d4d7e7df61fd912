import { writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { EXIT_CODES } from "../src/cli/exit-codes.ts";
import { createProgram } from "../src/cli/program.ts";

const FILE = fileURLToPath(new URL("../docs/cli.md", import.meta.url));

/** The text of docs/cli.md, made from the commander definitions. `npm run docs` writes it; a test holds it. */
export function cliDocs(): string {
  const out = new PassThrough();
  const program = createProgram({
    io: { out, err: out, outColor: false, errColor: false },
    exit: () => {},
  });
  const section = (command: Command, name: string): string => {
    out.read();
    command.configureHelp({ helpWidth: 100 }).outputHelp();
    const help = `## ${name}\n\n\`\`\`text\n${String(out.read()).trimEnd()}\n\`\`\`\n`;
    return [help, ...sectionsOf(command, name)].join("\n");
  };
  const sectionsOf = (command: Command, name: string) =>
    command.commands.map((each) => section(each, `${name} ${each.name()}`));
  const sections = sectionsOf(program, "swymc");
  return `${PREFACE}\n${exitCodes()}\n${sections.join("\n")}`;
}

const PREFACE = `# Command line

<!-- Made by \`npm run docs\` from src/cli; edit the definitions there. -->

Results go to standard output, everything else to standard error. With \`--json\` standard output
holds exactly one JSON object: the result, or \`{"state": "error", "diagnostics": […]}\` when
something given was wrong (the message stands on standard error too). Findings of \`check\` are its
result.

Colours are used on terminals only; \`NO_COLOR=1\` turns them off, \`FORCE_COLOR=1\` on. Control and
bidirectional characters in names are shown escaped. Files are written under a temporary name and
renamed, so a failed run leaves the earlier file alone. swymc sends nothing anywhere and never looks
for updates.

The object of \`backtest --json\` is described by
[\`schemas/backtest-result.schema.json\`](../schemas/backtest-result.schema.json), that of \`portfolio --json\` by
[\`schemas/portfolio-result.schema.json\`](../schemas/portfolio-result.schema.json), that of \`sweep --json\` by
[\`schemas/sweep-result.schema.json\`](../schemas/sweep-result.schema.json).
`;

function exitCodes(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return `## Exit codes\n\n| code | meaning |\n|---|---|\n${rows.join("\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, cliDocs());
