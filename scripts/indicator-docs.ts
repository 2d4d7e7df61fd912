import { writeFileSync } from "node:fs";
import { indicators } from "../src/indicators/registry.ts";
import { indicatorDocs } from "./indicator-docs/page.ts";

writeFileSync(new URL("../docs/indicators.md", import.meta.url), indicatorDocs(indicators));
