import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Declarations for CommonJS: those of the ES modules under their other names. Rolling them up twice costs half a minute. */
for (const name of readdirSync("dist", { recursive: true })) {
  if (!name.endsWith(".d.ts")) continue;
  const text = readFileSync(join("dist", name), "utf8");
  const commonJs = text.replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.js(?=['"])/g, "$1.cjs");
  writeFileSync(join("dist", name.replace(/\.d\.ts$/, ".d.cts")), commonJs);
}
