import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bars, compile, emitModule, loadDataset, run } from "../../src/index.ts";
import { bollinger, ema, rsi } from "../../src/indicators/index.ts";
import { fingerprints } from "./fingerprints.ts";

/** Debian's browser; CI installs it, elsewhere the suite is skipped without it. */
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
if (!present && process.env["CI"] === "true") throw new Error(`no browser at ${CHROMIUM}`);
if (!present) console.warn(`browser tests skipped: no ${CHROMIUM} (apt-get install chromium)`);

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** What the pages run; they come from the server like any script, since the policy allows no other. */
const PAGES = {
  strategy: `import { run } from "/strategy.mjs";
import { columns } from "/columns.mjs";
const { metrics, trades, equity } = run(columns, { commission: 0.001 });
globalThis.result = { metrics, trades: trades.length, equity: Array.from(equity) };`,
  indicators: `import { bollinger, ema, rsi } from "/indicators.mjs";
import { columns } from "/columns.mjs";
const { close } = columns;
globalThis.result = [
  ema(close, { period: 12 }), rsi(close, { period: 14 }), bollinger(close, { period: 20 }).upper,
].map((column) => Array.from(column, String));`,
  family: `import { fingerprints } from "/fingerprints.mjs";
globalThis.result = fingerprints();`,
};

describe.skipIf(!present)("in Chromium, under a policy that forbids code from text", () => {
  let bars: Bars;
  let rules: string;
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    ({ bars } = await loadDataset(new URL("ohlcv/synthetic_1h.csv", FIXTURES).pathname));
    rules = await readFile(new URL("rules/liquidity_sweep.json", FIXTURES), "utf8");
    const scripts = new Map([
      ["/strategy.mjs", emitModule(compile(rules).program!).code],
      ["/indicators.mjs", await bundleOf("../../src/indicators/index.ts")],
      ["/fingerprints.mjs", await bundleOf("./fingerprints.ts")],
      ["/columns.mjs", columnsModule(bars)],
      ["/page/strategy.mjs", PAGES.strategy],
      ["/page/indicators.mjs", PAGES.indicators],
      ["/page/family.mjs", PAGES.family],
    ]);
    server = createServer(({ url = "" }, response) => {
      const script = scripts.get(url);
      response.setHeader("Content-Type", script === undefined ? "text/html" : "text/javascript");
      response.setHeader("Content-Security-Policy", "default-src 'self'");
      response.end(
        script ?? `<!doctype html><script type="module" src="/page${url}.mjs"></script>`,
      );
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
  });

  it("an emitted module gives the bits of the run in Node", async () => {
    const here = run(compile(rules).program!, bars, { commission: 0.001 });
    expect(here.trades.numRows).toBeGreaterThan(0);
    expect(await resultOf("/strategy")).toEqual({
      metrics: here.metrics,
      trades: here.trades.numRows,
      equity: Array.from(here.simulation.equity),
    });
  });

  it("the indicators give the bits of Node", async () => {
    const { close } = bars;
    const here = [
      ema(close, { period: 12 }),
      rsi(close, { period: 14 }),
      bollinger(close, { period: 20 }).upper,
    ].map((column) => Array.from(column, String));
    expect(await resultOf("/indicators")).toEqual(here);
  });

  it("every indicator, batch and stream, in every dialect gives the bits of Node", async () => {
    const here = fingerprints();
    expect(Object.keys(here).length).toBeGreaterThan(500);
    expect(await resultOf("/family")).toEqual(here);
  }, 60_000);

  async function resultOf(path: string): Promise<unknown> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => faults.push(message.text()));
    await page.goto(address + path, { waitUntil: "load" });
    const result = await page.evaluate("globalThis.result");
    expect(faults.filter((fault) => !fault.includes("favicon"))).toEqual([]);
    await page.close();
    return result;
  }
});

function columnsModule(bars: Bars): string {
  const columns = Object.entries(bars).map(
    ([name, values]) => `${name}: Float64Array.of(${Array.from(values as Float64Array)})`,
  );
  return `export const columns = { ${columns.join(", ")} };`;
}

async function bundleOf(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL(path, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  return outputFiles[0]!.text;
}
