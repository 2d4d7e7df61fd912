import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/**
 * Sweeps over bars in a process of its own, and tells the rows and the peak of its resident memory in MB. The bars are read
 * to where they stay: a copy that nobody frees would count too.
 */
const [built, path] = process.argv.slice(2);
const { compile, sweep } = await import(built);
const { document, space, options, series } = JSON.parse(readFileSync(path, "utf8"));
const data = series.map(({ file, length }) => {
  const bars = openSync(file);
  const column = () => {
    const values = new Float64Array(length);
    readSync(bars, values);
    return values;
  };
  const [time, open, high, low, close, volume] = Array.from({ length: 6 }, column);
  closeSync(bars);
  return { time, open, high, low, close, volume };
});
const { program } = compile(document);
let rows = 0;
for await (const { metrics } of sweep(program, data, space, options))
  if (metrics.trades >= 0) rows++;
console.log(JSON.stringify({ rows, peak: process.resourceUsage().maxRSS / 1024 }));
