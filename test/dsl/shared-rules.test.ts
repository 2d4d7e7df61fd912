import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CheckedDocument } from "../../src/dsl/index.ts";
import { parseRules } from "../../src/dsl/parse-rules.ts";

const shared = new URL("../../../shared/rules/", import.meta.url);
const ours = new URL("../../fixtures/rules/", import.meta.url);

function parsed(folder: URL, name: string) {
  return parseRules(readFileSync(new URL(name, folder)), { file: name });
}

describe.skipIf(!existsSync(shared))(
  "the documents of the original system (../shared/rules)",
  () => {
    it.each(["ema_crossover.json", "liquidity_sweep.json", "paper_run_backtest.json"])(
      "%s is accepted unchanged",
      (name) => {
        const { document, diagnostics } = parsed(shared, name);
        expect(diagnostics).toEqual([]);
        expect(document?.strategy.type).toBe("rule_based");
      },
    );

    it("paper_run.json is accepted with a warning about its fees of 5 %", () => {
      const { document, diagnostics } = parsed(shared, "paper_run.json");
      expect(diagnostics.map((one) => [one.code, one.severity])).toEqual([
        ["high_fees", "warning"],
      ]);
      expect(document).toEqual({
        strategy: { type: "default" },
        paperRun: {
          mode: null,
          startsAt: Date.UTC(2025, 2, 24, 21, 30),
          finishesAt: Date.UTC(2025, 2, 24, 21, 31),
          riskFreeReturn: 0.05,
          exchange: "binance_spot",
          symbol: "BTCUSDT",
          kind: "spot",
          latencyMs: 100,
          commission: 0.05,
          cash: 10000,
        },
      } satisfies CheckedDocument);
    });

    it("paper_run_backtest.json says what its run needs", () => {
      expect(parsed(shared, "paper_run_backtest.json").document?.paperRun).toEqual({
        mode: "backtest",
        startsAt: Date.UTC(2025, 0, 1),
        finishesAt: Date.UTC(2025, 2, 1),
        riskFreeReturn: 0,
        exchange: "binance_spot",
        symbol: "BTCUSDT",
        kind: "spot",
        latencyMs: 50,
        commission: 0.001,
        cash: 10000,
      });
    });
  },
);

describe("the documents in fixtures/rules", () => {
  it.each(readdirSync(ours).filter((name) => name.endsWith(".json")))("%s is accepted", (name) => {
    const { document, diagnostics } = parsed(ours, name);
    expect(diagnostics).toEqual([]);
    expect(document).toBeDefined();
  });
});

describe("a paper-run body", () => {
  const body = JSON.parse(readFileSync(new URL("paper_run.json", ours), "utf8"));

  it("takes the free balance of the quote asset for cash, not the total", () => {
    expect(parseRules(body).document?.paperRun?.cash).toBe(20000);
  });

  it("may leave out everything but instrument and execution", () => {
    const { instrument } = body.config;
    const { document, diagnostics } = parseRules({ config: { instrument, execution: {} } });
    expect(diagnostics).toEqual([]);
    expect(document?.strategy).toEqual({ type: "default" });
    expect(document?.paperRun).toMatchObject({
      cash: null,
      startsAt: null,
      latencyMs: 0,
      commission: 0,
    });
  });

  it("takes times without a zone as UTC and keeps those with one", () => {
    const at = (starts_at: string) =>
      parseRules({ ...body, starts_at, finishes_at: "2030-01-01T00:00:00Z" }).document?.paperRun
        ?.startsAt;
    expect(at("2025-01-01T12:00:00")).toBe(Date.UTC(2025, 0, 1, 12));
    expect(at("2025-01-01T12:00:00+02:00")).toBe(Date.UTC(2025, 0, 1, 10));
    expect(at("2025-01-01T12:00-0130")).toBe(Date.UTC(2025, 0, 1, 13, 30));
    expect(at("2025-01-01T12:00:00.123456Z")).toBe(Date.UTC(2025, 0, 1, 12, 0, 0, 123));
    expect(at("2024-02-29T00:00:00Z")).toBe(Date.UTC(2024, 1, 29));
    expect(at("2025-02-29T00:00:00Z")).toBeUndefined();
    expect(at("2025-01-01T24:00:00Z")).toBeUndefined();
  });
});
