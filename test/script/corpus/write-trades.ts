import { writeFileSync } from "node:fs";
import { corpus } from "./corpus.ts";
import { slowRun } from "./slow-run.ts";
import { slowTrades } from "./trade-rows.ts";

/** Writes the expected trades of `fixtures/pine/corpus`, from the slow interpreter: `npm run fixtures:pine`. */
for (const script of corpus()) {
  const { trades } = slowRun(script);
  writeFileSync(script.tradesPath, slowTrades(trades));
  console.log(`${script.topic}/${script.name}: ${trades.length} trades`);
}
