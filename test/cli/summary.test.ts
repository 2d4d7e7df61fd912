import { describe, expect, test } from "vitest";
import { colored, DAILY, HOURLY, rules, swymc, temporaryFile } from "./run.ts";

const EMA = rules("ema_crossover");

describe("the summary", () => {
  test("begins with orders that the cash did not cover", async () => {
    const { code, out } = await swymc("backtest", EMA, "--data", HOURLY, "--cash", "100");
    expect(code).toBe(0);
    const [rejected, nothing] = out.split("\n");
    expect(rejected).toMatch(
      /^\d+ orders rejected for want of cash; the first: 2024-01-\d\d \d\d:00 buy 0\.1 at [\d,.]+$/,
    );
    expect(nothing).toBe("No trades: nothing was bought or sold.");
  });

  test("begins with warnings", async () => {
    const { out, err } = await swymc("backtest", EMA, "--data", DAILY);
    expect(out.split("\n")[0]).toBe(
      "warning: the strategy names bars of 1h, the file holds bars of 1d",
    );
    expect(err).toBe("");
  });

  test("aligns its columns", async () => {
    const { out } = await swymc("backtest", EMA, "--data", HOURLY);
    const lengths = out
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .map((line) => line.length);
    expect(lengths).toHaveLength(9);
    expect(new Set(lengths.map((length) => length)).size).toBe(1);
  });

  test("shows what is undefined as a dash", async () => {
    const idle = temporaryFile("idle.json", { type: "default", order_quantity: "1" });
    const { out } = await swymc("backtest", idle, "--data", HOURLY);
    expect(out).toMatch(/Win rate\s+–$/m);
  });

  test("colours gains and losses where colours are wanted", async () => {
    const args = ["backtest", EMA, "--data", HOURLY] as const;
    expect((await swymc(...args)).out).not.toContain("\u001b[");
    const { out } = await colored(true, ...args);
    expect(out.replaceAll("\u001b", "ESC")).toMatch(/ESC\[32m\s*\+[\d.]+ %ESC\[39m/);
    expect(out.replaceAll("\u001b", "ESC")).toMatch(/ESC\[31m\s*-[\d.]+ %ESC\[39m/);
  });

  test("draws the equity in blocks, in ASCII where the locale has no others", async () => {
    const before = process.env["LC_ALL"];
    const curve = async (locale: string) => {
      process.env["LC_ALL"] = locale;
      const { out } = await swymc("backtest", EMA, "--data", HOURLY);
      return out.split("\n").find((line) => line.startsWith("equity "))!;
    };
    try {
      expect(await curve("en_US.UTF-8")).toMatch(/^equity [▁▂▃▄▅▆▇█]{60}$/);
      expect(await curve("C")).toMatch(/^equity [_.\-'"]{60}$/);
    } finally {
      if (before === undefined) delete process.env["LC_ALL"];
      else process.env["LC_ALL"] = before;
    }
  });

  test("states what a flag overrode", async () => {
    const { out } = await swymc(
      ...["backtest", rules("paper_run"), "--data", HOURLY, "--commission", "0.2"],
    );
    expect(out).toContain("commission 0.2 % (document: 0.1 %)");
  });
});
