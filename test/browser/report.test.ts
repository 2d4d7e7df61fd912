import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtest, backtestPortfolio, compile, loadDataset } from "../../src/index.ts";
import { portfolioReportPage } from "../../src/portfolio/report-page.ts";
import { backtestPage } from "../../src/program/report/report-page.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
if (!present && process.env["CI"] === "true") throw new Error(`no browser at ${CHROMIUM}`);

const FIXTURES = new URL("../../fixtures/", import.meta.url);
const HOSTILE = `<img src=x onerror="globalThis.owned=1"></script><script>globalThis.owned=1</script>`;
const SECTIONS = [
  "verdict",
  "equity",
  "price",
  "months",
  "drawdowns",
  "sides",
  "benchmark",
  "distributions",
];
const LATER = ["trades", "rolling", "robustness", "funnel", "settings", "strategy"];

const NOT_OF_A_PORTFOLIO: ReadonlySet<string> = new Set(["price", "funnel"]);

/** Runs in the page: every colour that the price chart shows. */
const COLORS = `(() => {
  const seen = new Set();
  for (const canvas of document.querySelectorAll("#price canvas")) {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width || 1, height || 1);
    for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
  }
  return [...seen];
})()`;

describe.skipIf(!present)("a report in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const rules = JSON.parse(
      await readFile(new URL("rules/liquidity_sweep.json", FIXTURES), "utf8"),
    );
    const text = JSON.stringify({ ...rules, description: HOSTILE });
    const program = compile(JSON.stringify(rules)).program!;
    const dataset = await loadDataset(new URL("ohlcv/synthetic_1h.csv", FIXTURES).pathname);
    const done = backtest(program, dataset, { commission: 0.001 });
    const html = await backtestPage(program, done, {
      title: HOSTILE,
      text,
      version: "0.0.0",
      command: HOSTILE,
    });
    folder = await mkdtemp(join(tmpdir(), "swymc-report-"));
    await writeFile(join(folder, "run.html"), html);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, "run.html")).href);
    await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it("draws every section without an error and without a network", async () => {
    for (const id of [...SECTIONS, ...LATER]) {
      expect([id, await page.locator(`#${id} > *`).count()]).not.toEqual([id, 0]);
    }
    expect(await page.locator("#price canvas").count()).toBeGreaterThan(0);
    expect(said).toEqual([]);
    expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  });

  it("orders the sections: verdict first, settings and strategy last", async () => {
    const ids = [...SECTIONS, ...LATER];
    const drawn = page.locator(ids.map((id) => `#${id}`).join(","));
    expect(await drawn.evaluateAll((all) => all.map(({ id }) => id))).toEqual(ids);
  });

  it("paints candles: the chart has many colours, among them those of gain and loss", async () => {
    const colors = await page.evaluate(COLORS);
    expect(colors).toEqual(expect.arrayContaining(["12,143,99", "210,59,72"]));
  });

  it("shows hostile names as they are", async () => {
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
  });

  it("sorts the trades, and a row leads to its bars", async () => {
    const first = page.locator(".trades tbody tr").first();
    await page.locator(".trades th button", { hasText: "Profit" }).click();
    const worst = await first.locator("td").nth(9).textContent();
    await page.locator(".trades th button", { hasText: "Profit" }).click();
    const best = await first.locator("td").nth(9).textContent();
    expect(Number(best!.replace(",", ""))).toBeGreaterThan(Number(worst!.replace(",", "")));
    const before = await page.locator("#price").screenshot();
    await first.click();
    await page.waitForTimeout(1000);
    expect(Buffer.compare(before, await page.locator("#price").screenshot())).not.toBe(0);
    expect(said).toEqual([]);
  });

  it("turns dark when asked", async () => {
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const before = await background();
    await page.locator("#theme").click();
    expect(await background()).not.toBe(before);
  });
});

describe.skipIf(!present)("a report of a portfolio in Chromium", () => {
  it("draws every section, with hostile symbols as text", async () => {
    const text = await readFile(new URL("rules/ema_crossover.json", FIXTURES), "utf8");
    const { program } = compile(text);
    const data = await loadDataset(new URL("ohlcv/synthetic_1h.csv", FIXTURES).pathname);
    const done = backtestPortfolio(program!, [
      { symbol: HOSTILE, data },
      { symbol: "B", data },
    ]);
    const html = await portfolioReportPage(done, {
      title: HOSTILE,
      text: HOSTILE,
      version: "0.0.0",
    });
    const folder = await mkdtemp(join(tmpdir(), "swymc-portfolio-"));
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    try {
      await writeFile(join(folder, "account.html"), html);
      const page = await browser.newPage();
      const said: string[] = [];
      const asked: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(error.message));
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(join(folder, "account.html")).href);
      await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
      const drawn = [...SECTIONS, ...LATER, "symbols"].filter((id) => !NOT_OF_A_PORTFOLIO.has(id));
      for (const id of drawn)
        expect([id, await page.locator(`#${id} > *`).count()]).not.toEqual([id, 0]);
      expect(await page.locator("#price, #funnel").count()).toBe(0);
      expect(await page.locator("#symbols tbody tr").count()).toBe(2);
      expect(await page.locator("#symbols tbody td").first().textContent()).toBe(HOSTILE);
      expect(await page.locator("#trades tbody tr").first().textContent()).toContain(HOSTILE);
      expect(await page.evaluate("globalThis.owned")).toBeUndefined();
      expect(said).toEqual([]);
      expect(asked).toHaveLength(1);
      // The policy lets no other script run, wherever it may come from.
      await page.evaluate(`document.body.append(Object.assign(document.createElement("script"),
        { textContent: "globalThis.owned = 1" }))`);
      expect(await page.evaluate("globalThis.owned")).toBeUndefined();
      expect(said.join()).toContain("Content Security Policy");
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
