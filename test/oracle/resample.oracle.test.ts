import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resampleBars } from "../../src/data/resample/resample-bars.ts";
import type { Interval } from "../../src/vector/interval.ts";
import { barsAt, HOUR } from "../read/bars.ts";
import { ROOT } from "../source-tree.ts";
import { HOW_TO_RUN, mayBeMissing } from "./oracle.ts";

/** Each interval as pandas names it; what pandas calls `3D` begins where `origin` says. */
const RULES: Partial<Record<Interval, string>> = {
  "4h": "4h",
  "12h": "12h",
  "1d": "1D",
  "3d": "3D",
  "1w": "W-MON",
  "1M": "MS",
};

const SCRIPT = `
import json, sys, pandas as pd
ask = json.load(sys.stdin)
frame = pd.DataFrame(ask["columns"])
frame.index = pd.to_datetime(frame.pop("time"), unit="ms")
how = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
answer = {}
for name, rule in ask["rules"].items():
    made = frame.resample(rule, origin="epoch", closed="left", label="left").agg(how).dropna(subset=["open"])
    times = (made.index - pd.Timestamp(0)) // pd.Timedelta(milliseconds=1)
    answer[name] = {"time": times.tolist(), **{c: made[c].tolist() for c in how}}
print(json.dumps(answer))
`;

if (mayBeMissing) console.log(`resampling beside pandas: skipped, ${HOW_TO_RUN}`);

describe.skipIf(mayBeMissing)("resampled bars", () => {
  test("are those of pandas, gaps, weeks and months included", () => {
    const start = Date.parse("2023-11-07T05:00Z");
    const kept = Array.from({ length: 4000 }, (_, i) => i).filter(
      (i) => i % 700 < 600 && i % 13 > 0,
    );
    const bars = barsAt(
      kept.map((i) => start + i * HOUR),
      11,
    );
    const columns = Object.fromEntries(
      Object.entries(bars).map(([name, values]) => [name, Array.from(values)]),
    );
    const python = [".venv/bin/python", ".venv/Scripts/python.exe"]
      .map((path) => join(ROOT, path))
      .find((path) => existsSync(path))!;
    const input = JSON.stringify({ columns, rules: RULES });
    const answer = JSON.parse(
      execFileSync(python, ["-c", SCRIPT], { input, encoding: "utf8", maxBuffer: 1e8 }),
    );
    for (const interval of Object.keys(RULES) as Interval[]) {
      const ours = resampleBars(bars, interval, { from: "1h", keepFirst: true, keepLast: true });
      const theirs = answer[interval] as Record<string, number[]>;
      for (const name of ["time", "open", "high", "low", "close"]) {
        expect([interval, name, ...ours[name]]).toEqual([interval, name, ...theirs[name]]);
      }
      ours.volume.forEach((sum, k) => {
        expect(Math.abs(sum - theirs["volume"][k])).toBeLessThanOrEqual(1e-14 * sum);
      });
    }
  });
});
