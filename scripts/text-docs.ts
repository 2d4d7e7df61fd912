import { writeFileSync } from "node:fs";
import { textDocs } from "./text-docs/page.ts";

writeFileSync(new URL("../docs/text-builtins.md", import.meta.url), textDocs());
