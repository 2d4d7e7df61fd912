import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { uniform } from "../../fixtures/random.ts";
import { NEVER, simulatePortfolio } from "../../src/backtest/index.ts";
import type { Member, PortfolioSimulation } from "../../src/backtest/portfolio/portfolio.ts";
import { maskOf } from "../backtest/arbitraries.ts";
import { HOW_TO_RUN, mayBeMissing, python } from "./oracle.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SEED = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647) % 1_000_000;
const DAY = 86_400_000;
const PORTFOLIOS = 25;
/** vectorbt compiles on first use. */
const SLOW = 600_000;

console.log(
  mayBeMissing
    ? `oracles, portfolio: skipped, ${HOW_TO_RUN}`
    : `oracles, portfolio: SWYMC_SEED=${SEED}`,
);

/** Columns of symbols, rows of bars, as vectorbt is told of them. */
interface Question {
  readonly time: number[];
  readonly close: number[][];
  readonly entries: number[][];
  readonly exits: number[][];
  readonly size: number[];
  readonly cash: number;
  readonly fee: number;
}

interface Answer {
  readonly equity: number[];
  readonly cash: number[];
  readonly orders: number[][];
}

const random = uniform(SEED);

/** Signals at random, of which a bar never has both of a symbol; the cash pays for about half of the symbols. */
function question(): Question {
  const symbols = 2 + Math.floor(4 * random());
  const bars = 150;
  const table = (row: () => number[]) => Array.from({ length: symbols }, row);
  const list = (value: (bar: number) => number) => Array.from({ length: bars }, (_, k) => value(k));
  const draws = table(() => list(random));
  return {
    time: list((bar) => Date.UTC(2022, 0, 1) + bar * DAY),
    close: table(() => {
      let price = 50 + 100 * random();
      return list(() => (price *= 1 + 0.04 * (random() - 0.5)));
    }),
    entries: draws.map((row) => row.map((draw) => Number(draw < 0.2))),
    exits: draws.map((row) => row.map((draw) => Number(draw > 0.85))),
    size: Array.from({ length: symbols }, () => 1 + Math.floor(9 * random())),
    cash: 250 * symbols,
    fee: 0.0013,
  };
}

/** An entry where a symbol is flat, an exit of all where it is long. */
function ours({ time, close, entries, exits, size, cash, fee }: Question): PortfolioSimulation {
  const members = close.map((prices, k): Member => {
    const column = Float64Array.from(prices);
    return {
      bars: {
        time: Float64Array.from(time),
        ...{ open: column, high: column, low: column, close: column, volume: column },
      },
      signals: {
        length: time.length,
        conditions: [entries[k], exits[k]].map((row) => maskOf(row.map(Boolean))),
        rules: [
          {
            side: "buy",
            sizing: { kind: "quantity", quantity: String(size[k]) },
            when: { flat: 0, long: NEVER, short: NEVER },
          },
          {
            side: "sell",
            sizing: { kind: "close" },
            when: { flat: NEVER, long: 1, short: NEVER },
          },
        ],
        replaceOrders: false,
        cooldown: 0,
      },
      start: 0,
    };
  });
  return simulatePortfolio(members, {
    ...{ cash, commission: fee, slippage: 0, fill: "close", delay: 0 },
    closeOf: (open) => open + DAY,
  });
}

function answers(portfolios: readonly Question[]): Answer[] {
  if (python === undefined) throw new Error(HOW_TO_RUN);
  const script = join(ROOT, "test/oracle/portfolio_oracle.py");
  const input = JSON.stringify({ portfolios });
  const { stdout, stderr, status } = spawnSync(python, [script], { input, maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`the oracle ended with ${status}: ${String(stderr).slice(-2000)}`);
  return JSON.parse(String(stdout)) as Answer[];
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

test.skipIf(mayBeMissing)(
  "trades, cash and equity are those of vectorbt's portfolios with shared cash",
  () => {
    const questions = Array.from({ length: PORTFOLIOS }, question);
    let refused = 0;
    answers(questions).forEach((theirs, k) => {
      const { members, equity, cash } = ours(questions[k]);
      for (const [bar, value] of theirs.equity.entries())
        expect([k, bar, near(equity[bar], value)]).toEqual([k, bar, true]);
      expect(near(cash, theirs.cash.at(-1)!)).toBe(true);
      members.forEach(({ trades, rejections }, column) => {
        refused += rejections.count;
        const orders = theirs.orders.filter(([of]) => of === column);
        const entries = orders.filter(([, , side]) => side === 0);
        const exits = orders.filter(([, , side]) => side === 1);
        expect([...trades.entryBar]).toEqual(entries.map(([, bar]) => bar));
        expect([...trades.exitBar].filter((bar) => bar >= 0)).toEqual(exits.map(([, bar]) => bar));
        entries.forEach(([, , , size, price, fee], i) => {
          expect(trades.quantity[i]).toBe(size);
          expect(near(trades.entryPrice[i], price)).toBe(true);
          const all = fee + (exits[i]?.[5] ?? 0);
          expect(near(trades.commission[i], all)).toBe(true);
        });
        exits.forEach(([, , , , price], i) => {
          expect(near(trades.exitPrice[i], price)).toBe(true);
        });
      });
    });
    expect(refused).toBeGreaterThan(10 * PORTFOLIOS);
  },
  SLOW,
);
