import { readFileSync } from "node:fs";

/** Sweeps over bars in a process of its own, and tells the rows and the peak of its resident memory in MB. */
const [built, path] = process.argv.slice(2);
const { compile, sweep } = await import(built);
const { document, space, options, series } = JSON.parse(readFileSync(path, "utf8"));
const data = series.map(({ file, length }) => {
  const { buffer, byteOffset } = readFileSync(file);
  const column = (k) =>
    new Float64Array(buffer.slice(byteOffset + 8 * k * length, byteOffset + 8 * (k + 1) * length));
  const [time, open, high, low, close, volume] = [0, 1, 2, 3, 4, 5].map(column);
  return { time, open, high, low, close, volume };
});
const { program } = compile(document);
let rows = 0;
for await (const { metrics } of sweep(program, data, space, options))
  if (metrics.trades >= 0) rows++;
console.log(JSON.stringify({ rows, peak: process.resourceUsage().maxRSS / 1024 }));
