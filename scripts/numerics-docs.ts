import { writeFileSync } from "node:fs";
import { indicators } from "../src/indicators/registry.ts";
import { numericsDocs } from "./numerics-docs/page.ts";

writeFileSync(new URL("../docs/numerics.md", import.meta.url), numericsDocs(indicators));
