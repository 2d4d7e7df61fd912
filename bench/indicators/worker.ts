/** A process that runs one library's functions when it is told to; see `../kernels/measure.ts`. */
import { ours } from "./ours.ts";
import { plain } from "./parity.ts";
import { peers } from "./peers/index.ts";
import type { PlainBars } from "./peers/peer.ts";
import { type Bars, barsOf, type Shape } from "./shapes.ts";
import { OURS, OURS_TALIB, REUSED, type Task } from "./task.ts";

const [library, length] = process.argv.slice(2);
let shape: Shape | undefined;
let bars: Bars;
let numbers: PlainBars;
let current = "";
let run: () => unknown;

process.on("message", (text: string) => {
  if (text !== current) {
    current = text;
    run = runOf(JSON.parse(text) as Task);
  }
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  process.send!(((user + system) * 1000) / Number(length));
});

function runOf({ indicator, shape: wanted, params }: Task): () => unknown {
  if (wanted !== shape) {
    shape = wanted;
    bars = barsOf(wanted, Number(length));
    if (![OURS, OURS_TALIB, REUSED].includes(library)) numbers = plain(bars);
  }
  if (library === OURS || library === REUSED) {
    return ours(indicator, "tv", bars, { params, reuse: library === REUSED });
  }
  if (library === OURS_TALIB) return ours(indicator, "talib", bars, { params, reuse: true });
  const peer = peers.find((one) => one.library === library && one.indicator === indicator)!;
  return () => peer.run(numbers);
}
