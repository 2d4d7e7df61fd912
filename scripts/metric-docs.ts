import { writeFileSync } from "node:fs";
import { metricDocs } from "../src/stats/index.ts";

writeFileSync(new URL("../docs/metrics.md", import.meta.url), metricDocs());
