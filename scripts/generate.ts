import { fileURLToPath } from "node:url";
import { generateModuleParts } from "./generate/module-parts.ts";
import { generateReportClient } from "./generate/report-client.ts";
import { generateRulesValidator } from "./generate/rules-validators.ts";
import { generateSweepPack } from "./generate/sweep-pack.ts";

/** What `npm run generate` makes: code that is not committed because a committed file says it all. */
const steps: readonly (readonly [name: string, run: () => Promise<void>])[] = [
  [
    "validator of the rule language",
    () => generateRulesValidator(at("schemas/rules.schema.json"), at("src/dsl/generated")),
  ],
  [
    "pack of sweeps",
    () => generateSweepPack(at("src/vector/wasm"), at("src/vector/wasm/generated")),
  ],
  ["parts of emitted modules", () => generateModuleParts(at("src"), at("src/module/generated"))],
  [
    "script of report pages",
    () => generateReportClient(at("src/report/html/client/main.ts"), at("src/report/generated")),
  ],
];

for (const [name, run] of steps) {
  await run();
  console.error(`generated: ${name}`);
}

function at(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
