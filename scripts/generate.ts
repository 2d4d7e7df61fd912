import { fileURLToPath } from "node:url";
import { generateModuleParts } from "./generate/module-parts.ts";
import { generateReportClient } from "./generate/report-client.ts";
import { generateRollingSimd } from "./generate/rolling-simd.ts";
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
  [
    "window functions with SIMD",
    () => generateRollingSimd(at("src/vector/rolling/simd"), at("src/vector/rolling/generated")),
  ],
  ["parts of emitted modules", () => generateModuleParts(at("src"), at("src/module/generated"))],
  ["script of a run's report", () => reportClient("main.ts", "client.ts", "clientScript")],
  [
    "script of a sweep's report",
    () => reportClient("sweep/main.ts", "sweep-client.ts", "sweepScript"),
  ],
];

for (const [name, run] of steps) {
  await run();
  console.error(`generated: ${name}`);
}

function reportClient(entry: string, file: string, name: string): Promise<void> {
  const client = { entry: at(`src/report/html/client/${entry}`), file, name };
  return generateReportClient(client, at("src/report/generated"));
}

function at(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
