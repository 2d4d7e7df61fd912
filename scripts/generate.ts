import { fileURLToPath } from "node:url";

/**
 * What `npm run generate` makes: code that is not committed because a committed file says it all. A step is loaded when
 * it is due, since it may import what an earlier one made.
 */
const steps: readonly (readonly [name: string, run: () => Promise<void>])[] = [
  [
    "window functions with SIMD",
    async () => {
      const { generateRollingSimd } = await import("./generate/rolling-simd.ts");
      await generateRollingSimd(at("src/vector/rolling/simd"), at("src/vector/rolling/generated"));
    },
  ],
  [
    "validator of the rule language",
    async () => {
      const { generateRulesValidator } = await import("./generate/rules-validators.ts");
      await generateRulesValidator(at("schemas/rules.schema.json"), at("src/dsl/generated"));
    },
  ],
  [
    "pack of sweeps",
    async () => {
      const { generateSweepPack } = await import("./generate/sweep-pack.ts");
      await generateSweepPack(at("src/vector/wasm"), at("src/vector/wasm/generated"));
    },
  ],
  [
    "parts of emitted modules",
    async () => {
      const { generateModuleParts } = await import("./generate/module-parts.ts");
      await generateModuleParts(at("src"), at("src/module/generated"));
    },
  ],
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

async function reportClient(entry: string, file: string, name: string): Promise<void> {
  const { generateReportClient } = await import("./generate/report-client.ts");
  const client = { entry: at(`src/report/html/client/${entry}`), file, name };
  await generateReportClient(client, at("src/report/generated"));
}

function at(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
