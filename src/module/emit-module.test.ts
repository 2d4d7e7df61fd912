import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, emitModule, loadDataset, type Program, run, signals } from "../index.ts";

const RULES = new URL("../../fixtures/rules/", import.meta.url);
const DATA = new URL("../../fixtures/ohlcv/synthetic_1h.csv", import.meta.url).pathname;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "swymc-module-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function programs(): Promise<[string, Program][]> {
  const files = (await readdir(RULES)).filter((f) => f.endsWith(".json"));
  return Promise.all(
    files.map(async (file): Promise<[string, Program]> => {
      const { program } = compile(await readFile(new URL(file, RULES), "utf8"));
      return [file, program!];
    }),
  );
}

async function load(program: Program, name: string) {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, emitModule(program).code);
  return import(pathToFileURL(path).href);
}

describe("emitted module", () => {
  it("gives the bits of the in-process run, on columns and on an Arrow table", async () => {
    const { bars, table } = await loadDataset(DATA);
    for (const [name, program] of await programs()) {
      const module = await load(program, name);
      for (const fill of ["next_open", "close"] as const) {
        const options = { cash: 5000, commission: 0.001, slippage: 0.0005, fill };
        const here = run(program, table, options);
        for (const data of [bars, table]) {
          const there = module.run(data, options);
          expect(there.metrics, name).toEqual(here.metrics);
          expect(there.equity, name).toEqual(here.simulation.equity);
          expect(there.trades.length).toBe(here.trades.numRows);
        }
      }
    }
  });

  it("gives the signals of the in-process run", async () => {
    const { bars, table } = await loadDataset(DATA);
    for (const [name, program] of await programs()) {
      const module = await load(program, `${name}-signals`);
      const here = signals(program, table);
      module.signals(bars).forEach((rule: Record<string, Uint8Array>, k: number) => {
        for (const state of ["flat", "long", "short"]) {
          const column = here.getChild(`rule_${k + 1}_${state}`)!;
          const ours = Array.from(column, (value) => (value ? 1 : 0));
          expect(Array.from(rule[state]), `${name} rule ${k + 1} ${state}`).toEqual(ours);
        }
      });
    }
  });

  it("says who it is and what it takes", async () => {
    const { program } = compile(
      await readFile(new URL("ema_crossover_params.json", RULES), "utf8"),
    );
    const module = await load(program!, "params");
    expect(module.strategyId).toBe(program!.strategyId());
    expect(module.warmup).toBe(program!.warmup());
    expect(module.params).toEqual(program!.params);
    const { bars, table } = await loadDataset(DATA);
    const params = { [program!.params[0].name]: 5 };
    expect(module.run(bars, { params }).equity).toEqual(
      run(program!, table, { params }).simulation.equity,
    );
  });

  it("says that a condition which can never be known has an endless warm-up", async () => {
    const never = {
      type: "rule_based",
      dialect: "pandas",
      rules: [
        {
          when: { kind: "bollinger", period: 1, band: "above_upper" },
          then: { side: "buy", quantity: "1" },
        },
      ],
    };
    const module = await load(compile(never).program!, "never");
    expect(module.warmup).toBe(Number.POSITIVE_INFINITY);
  });

  it("refuses wrong arguments by name", async () => {
    const { program } = compile(
      await readFile(new URL("ema_crossover_params.json", RULES), "utf8"),
    );
    const module = await load(program!, "wrong");
    const { bars } = await loadDataset(DATA);
    expect(() => module.run(bars, { params: { nobody: 1 } })).toThrow(/no parameter "nobody"/);
    expect(() => module.run(bars, { cash: -1 })).toThrow(/cash = -1/);
    expect(() => module.run({ ...bars, close: [1] })).toThrow(/close must be a Float64Array/);
    expect(() => module.run({ ...bars, close: bars.close.subarray(1) })).toThrow(/values of close/);
    expect(() => module.run({ ...bars, time: bars.close })).toThrow(/time must increase/);
    const infinite = bars.close.slice().fill(Number.POSITIVE_INFINITY, 7, 8);
    expect(() => module.run({ ...bars, close: infinite })).toThrow(/close of row 7 is not finite/);
    expect(() => module.run({ ...bars, high: bars.low, low: bars.high })).toThrow(/high below/);
  });

  it("runs where code from text is forbidden, and imports nothing", async () => {
    for (const [name, program] of await programs()) {
      const { code } = emitModule(program);
      expect(code).not.toMatch(/\beval\b|new Function|^\s*import\b|\brequire\(/m);
      const path = join(folder, `${name}.strict.mjs`);
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
    }
  });

  it("has a declaration file that agrees with what it exports", async () => {
    const [[, program]] = await programs();
    const { dts } = emitModule(program);
    const module = await load(program, "types");
    const declared = [...dts.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(
      (m) => m[1],
    );
    expect(declared.sort()).toEqual(Object.keys(module).sort());
  });
});
