import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { computeMetrics } from "../../src/backtest/compute-metrics.ts";
import { simulate } from "../../src/backtest/simulate.ts";
import { compile } from "../../src/index.ts";
import { settingsOf } from "../../src/program/options.ts";
import { planSignals } from "../../src/program/run-plan.ts";
import { barsPerYear } from "../../src/stats/annualisation.ts";
import { modalStep } from "../../src/vector/modal-step.ts";
import { plainLiquiditySweep } from "./plain-liquidity-sweep.ts";
import { randomWalk } from "./random-walk.ts";

/**
 * CPU ns per bar of a compiled liquidity-sweep backtest, by stage and in all, metrics included.
 * Timed only after the trades and the final equity equal those of a plain transcription of the rules.
 *
 *     npm run bench:backtest -- [--bars N] [--runs N] [--json]
 */
const { values } = parseArgs({
  options: {
    bars: { type: "string", default: "1000000" },
    runs: { type: "string", default: "15" },
    json: { type: "boolean", default: false },
  },
});
const n = Number(values.bars);
const bars = randomWalk(n);
const settings = settingsOf({ cash: 1_000_000, commission: 0.001 });
const annual = {
  barsPerYear: barsPerYear(bars.time, { interval: modalStep(bars.time)! }),
  riskFreeReturn: 0,
};
const rules = new URL("../../fixtures/rules/liquidity_sweep.json", import.meta.url);
const document = JSON.parse(readFileSync(rules, "utf8"));
const { program } = compile(document);
if (!program) throw new Error("the fixture does not compile");

const engines = ["fused", "interpreter"] as const;
checkParity();
const rows = engines.map((engine) => ({ engine, ...medians(measure(engine)) }));
if (values.json) console.log(JSON.stringify({ bars: n, rows }, null, 2));
else {
  console.log(`liquidity sweep, ${n} bars, CPU ns per bar, medians of ${values.runs} runs`);
  console.table(rows);
}

function checkParity(): void {
  const quantity = Number(document.rules[0].then.quantity);
  const plain = plainLiquiditySweep(bars, 20, quantity, settings.cash, settings.commission);
  for (const engine of engines) {
    const { trades, equity } = simulate(
      bars,
      planSignals(program!.code(engine), bars, []),
      settings,
    );
    const closed = trades.open.reduce((sum, open) => sum + 1 - open, 0);
    const final = equity[n - 1]!;
    if (closed !== plain.closed || Math.abs(final - plain.equity) > 1e-9 * plain.equity)
      throw new Error(
        `no parity: ${closed} trades and ${final}, plain ${plain.closed} and ${plain.equity}`,
      );
  }
}

interface Stages {
  readonly signals: number;
  readonly simulate: number;
  readonly metrics: number;
  readonly total: number;
}

function measure(engine: "fused" | "interpreter"): Stages[] {
  const code = program!.code(engine);
  return Array.from({ length: Number(values.runs) + 3 }, () => {
    const [signals, wanted] = timed(() => planSignals(code, bars, []));
    const [simulated, simulation] = timed(() => simulate(bars, wanted, settings));
    const [metrics] = timed(() => computeMetrics(bars, simulation, settings, annual));
    return { signals, simulate: simulated, metrics, total: signals + simulated + metrics };
  }).slice(3);
}

function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [((user + system) * 1000) / n, result];
}

function medians(all: Stages[]): Stages {
  const median = (name: keyof Stages) => {
    const sorted = all.map((each) => each[name]).sort((a, b) => a - b);
    return Number(sorted[sorted.length >> 1]!.toFixed(2));
  };
  return {
    signals: median("signals"),
    simulate: median("simulate"),
    metrics: median("metrics"),
    total: median("total"),
  };
}
