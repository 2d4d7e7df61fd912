/** A process that runs one library's functions when it is told to; see `measure.ts`. */
import { entry } from "./entries.ts";
import { walk } from "./ours.ts";

const [library, bars] = process.argv.slice(2);
const prices = walk(Number(bars));
let current = { indicator: "", run: (): unknown => null };

process.on("message", (indicator: string) => {
  if (indicator !== current.indicator) {
    current = { indicator, run: entry(library, indicator, prices) ?? (() => null) };
  }
  const before = process.cpuUsage();
  current.run();
  const { user, system } = process.cpuUsage(before);
  process.send!(((user + system) * 1000) / prices.length);
});
