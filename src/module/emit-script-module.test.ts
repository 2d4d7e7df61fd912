import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtest, compile, emitScriptModule, loadDataset } from "../index.ts";

const CORPUS = fileURLToPath(new URL("../../fixtures/pine/corpus/", import.meta.url));
const DATA = fileURLToPath(new URL("../../fixtures/ohlcv/synthetic_1h.csv", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "swymc-script-module-"));
});
afterAll(() => rm(folder, { recursive: true }));

function compiled(text: string) {
  const { script, diagnostics } = compile(text, { file: "x.pine" });
  if (!script) throw new Error(JSON.stringify(diagnostics));
  return script;
}

async function moduleOf(text: string, name: string) {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, emitScriptModule(compiled(text)).code);
  return import(pathToFileURL(path).href);
}

/** One script of each folder of the corpus. */
async function samples(): Promise<[string, string][]> {
  const folders = (await readdir(CORPUS, { withFileTypes: true })).filter((one) =>
    one.isDirectory(),
  );
  const found = folders.map(async ({ name }): Promise<[string, string]> => {
    const files = await readdir(join(CORPUS, name));
    const first = files.filter((file) => file.endsWith(".pine")).sort()[0]!;
    return [`${name}-${first}`, await readFile(join(CORPUS, name, first), "utf8")];
  });
  return Promise.all(found);
}

const EVERYTHING = `//@version=6
strategy("Everything \\u2028 \`\${x}\`", commission_value = 0.1)
length = input.int(5, "Length */ \`", minval = 1)
mode = input.string("a'b", options = ["a'b", "c"])
src = input.source(close)
none = input.float(na)
var marks = array.new<float>(0)
daily = request.security(syminfo.tickerid, "D", ta.ema(close, 3))
ha = request.security(ticker.heikinashi(syminfo.tickerid), timeframe.period, close)
var float kept = na
if close > open
    kept := ta.sma(src, length)
array.push(marks, close)
late = array.size(marks) > 20 and hour(time) != 3
if late and mode == "a'b" and na(none) and ta.crossover(close, ta.sma(ha, length))
    strategy.entry("L" + str.tostring(dayofweek), strategy.long, 0.1)
if close < nz(kept) and daily > 0
    strategy.close_all()
`;

describe("the module of a script", () => {
  it("gives the bits of the run in process", async () => {
    const dataset = await loadDataset(DATA);
    const scripts = [...(await samples()), ["everything", EVERYTHING] as const];
    expect(scripts.length).toBeGreaterThan(10);
    for (const [name, text] of scripts) {
      const module = await moduleOf(text, name);
      const here = backtest(compiled(text), dataset, { cash: 50_000 });
      const chart = {
        symbol: dataset.symbol ?? undefined,
        interval: dataset.interval ?? undefined,
      };
      const there = module.run(dataset.bars, { cash: 50_000, ...chart });
      expect(there.equity, name).toEqual(here.simulation.equity);
      expect(there.metrics, name).toEqual(here.result.metrics);
      expect(there.trades.length, name).toBe(here.trades.numRows);
    }
  });

  it("takes inputs by name and refuses what does not fit", async () => {
    const { bars } = await loadDataset(DATA);
    const module = await moduleOf(EVERYTHING, "inputs");
    const trades = (params: object) => module.run(bars, { params }).trades.length;
    expect(trades({ length: 20 })).not.toBe(trades({ length: 3 }));
    expect(trades({ mode: "c" })).toBe(0);
    expect(() => trades({ length: 0 })).toThrow(RangeError);
    expect(() => trades({ lenght: 3 })).toThrow(/lenght/);
    expect(() => module.run({ ...bars, close: [1] })).toThrow(/close must be a Float64Array/);
  });

  it("names the line of what goes wrong in a run", async () => {
    const { bars } = await loadDataset(DATA);
    const text = `//@version=6\nstrategy("x")\nn = 0\nwhile close > 0\n    n += 1\nif n > 5\n    strategy.entry("L", strategy.long)\n`;
    const module = await moduleOf(text, "endless");
    expect(() => module.run(bars)).toThrow(/line 4: .*steps/);
  });

  it("says who it is and what it takes", async () => {
    const script = compiled(EVERYTHING);
    const module = await moduleOf(EVERYTHING, "identity");
    expect(module.strategyId).toBe(script.strategyId());
    expect(module.warmup).toBe(Number.POSITIVE_INFINITY);
    expect(module.params).toEqual(script.params);
  });

  it("runs where code from text is forbidden, and imports nothing", async () => {
    const { code } = emitScriptModule(compiled(EVERYTHING));
    expect(code).not.toMatch(/\beval\(|new Function|^\s*import\b|\brequire\(/m);
    const path = join(folder, "strict.mjs");
    await writeFile(path, code);
    const script = `import { run } from ${JSON.stringify(pathToFileURL(path).href)};
      const c = Float64Array.from({ length: 300 }, (_, i) => 100 + Math.sin(i / 9) * 10);
      const time = c.map((_, i) => i * 3600000);
      console.log(run({ time, open: c, high: c, low: c, close: c, volume: c }).equity.length);`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--disallow-code-generation-from-strings",
      "--input-type=module",
      "-e",
      script,
    ]);
    expect(stdout.trim()).toBe("300");
  });

  it("has a declaration file that agrees with what it exports", async () => {
    const { dts } = emitScriptModule(compiled(EVERYTHING));
    const module = await moduleOf(EVERYTHING, "types");
    const names = [...dts.matchAll(/^export declare (?:const|function) (\w+)/gm)].map((m) => m[1]);
    expect(names.sort()).toEqual(Object.keys(module).sort());
  });
});
