import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded before a program that is run with `--expose-gc`: at every sixth read or write of a file it collects garbage and
 * looks at the memory. When the process ends it writes to standard error how many bytes were alive in V8 at the most and
 * at the last look, and the peak of what was resident.
 */
const EACH = 6;
let [most, last] = [0, 0];
let calls = 0;

function look() {
  if (++calls % EACH !== 0) return;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  last = heapUsed + external;
  most = Math.max(most, last);
}

for (const name of ["readSync", "writeSync"]) {
  const plain = fs[name];
  fs[name] = (...args) => {
    look();
    return plain(...args);
  };
}
syncBuiltinESMExports();

/** Its own: what `resourceUsage` says is at least what the process took that started it. */
function peakKb() {
  const status = "/proc/self/status";
  if (!fs.existsSync(status)) return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s*(\d+) kB/.exec(fs.readFileSync(status, "utf8"))[1]);
}

process.on("exit", () => {
  const peak = 1024 * peakKb();
  const looks = Math.floor(calls / EACH);
  process.stderr.write(`memory ${JSON.stringify({ most, last, peak, looks })}\n`);
});
