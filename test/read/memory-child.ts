import { openDataset } from "../../src/data/read/open-dataset.ts";

/** Reads one series and prints what it took: `memory-child.ts SOURCE`. */
async function main(path: string): Promise<void> {
  const data = await openDataset(path);
  const before = process.memoryUsage().rss;
  const columns = await data.columns();
  const bytes = Object.values(columns).reduce((sum, values) => sum + values.byteLength, 0);
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  const sum = columns.close.reduce((total, value) => total + value, 0);
  console.log(JSON.stringify({ rows: columns.time.length, bytes, peak, sum }));
  await data.close();
}

void main(process.argv[2]);
