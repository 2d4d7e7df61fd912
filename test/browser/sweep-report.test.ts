import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOURLY, rules, swymc } from "../cli/run.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
if (!present && process.env["CI"] === "true") throw new Error(`no browser at ${CHROMIUM}`);

/** A name of a file with what a page must never run; no slash can stand in it. */
const HOSTILE = `<img src=x onerror="globalThis.owned=1">.json`;
const SECTIONS = ["verdict", "controls", "map", "stability", "parallel", "trials", "trial"];
const LATER = ["robustness", "settings", "strategy"];
const SIZE = "/rules/0/then/size/percent_of_equity";
/** 4, 8 and 12 by 20, 40 and 60 by two sizes. */
const TRIALS = 18;

describe.skipIf(!present)("the report of a sweep in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const asked: string[] = [];
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "swymc-sweep-page-"));
    await copyFile(rules("ema_crossover_params"), file(HOSTILE));
    const ran = await swymc(
      ...["sweep", file(HOSTILE), "--data", HOURLY, "--threads", "1", "--commission", "0.1"],
      ...["--param", "fast=4..12:4", "--param", "slow=20..60:20", "--param", `${SIZE}=50,100`],
      ...["--out", file("rows.parquet"), "--report", file("sweep.html")],
    );
    expect(ran.code, ran.err).toBe(0);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file("sweep.html")).href);
    await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Clicks the cell at a place of the map's grid, from the left and from the bottom. */
  async function clickCell(id: string, [x, columns]: number[], [y, rows]: number[]) {
    const canvas = page.locator(`#${id} canvas`);
    const { width, height } = (await canvas.boundingBox())!;
    const [left, right, top, bottom] = [64, 8, 6, 40];
    const at = {
      x: left + ((x! + 0.5) / columns!) * (width - left - right),
      y: height - bottom - ((y! + 0.5) / rows!) * (height - top - bottom),
    };
    await canvas.click({ position: at });
  }

  it("draws every section without an error and without a network", async () => {
    for (const id of [...SECTIONS, ...LATER]) {
      expect([id, await page.locator(`#${id} > *`).count()]).not.toEqual([id, 0]);
    }
    expect(await page.locator("header .data").textContent()).toContain(`${TRIALS} trials`);
    expect(await page.locator("#verdict").textContent()).toContain(`best of ${TRIALS} trials`);
    expect(said).toEqual([]);
    expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  });

  it("shows hostile names as they are", async () => {
    expect(await page.locator("h1").textContent()).toContain(HOSTILE);
    expect(await page.locator("#strategy h3").textContent()).toContain(HOSTILE);
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(await page.locator("img").count()).toBe(0);
  });

  it("paints the map in the colours of its scale", async () => {
    const colors = (await page.evaluate(`(() => {
      const canvas = document.querySelector("#map canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
      return [...seen];
    })()`)) as string[];
    expect(colors).toEqual(expect.arrayContaining(["253,231,37", "68,1,84"]));
  });

  it("leads from a cell to its trial: the best over the other parameters", async () => {
    await clickCell("map", [2, 3], [0, 3]);
    const shown = await page.locator("#trial .params").textContent();
    expect(shown).toMatch(/^fast = 12, slow = 20, /);
    const command = (await page.locator("#command").textContent())!;
    expect(command).toMatch(/^swymc sweep show .*rows\.parquet'? --row \d+$/);
    expect(await page.locator("#trial polyline").count()).toBe(1);
  });

  it("holds another parameter at one of its values", async () => {
    await page.locator("#controls select").last().selectOption("1");
    await clickCell("stability", [0, 3], [2, 3]);
    expect(await page.locator("#trial .params").textContent()).toBe(
      `fast = 4, slow = 60, ${SIZE} = 50`,
    );
    const row = (await page.locator("#command").textContent())!.match(/\d+$/)![0];
    const { out } = await swymc("sweep", "show", file("rows.parquet"), "--row", row, "--json");
    const { metrics } = JSON.parse(out);
    const cell = page.locator("#trial td", { hasText: /^Final equity$/ }).locator("+ td");
    expect(Number((await cell.textContent())!.replaceAll(",", ""))).toBeCloseTo(
      metrics.final_equity,
      2,
    );
  });

  it("sorts the best, and keeps what is brushed", async () => {
    const first = page.locator("#trials tbody tr").first();
    expect(await page.locator("#trials tbody tr").count()).toBe(TRIALS);
    await page.locator("#trials th button", { hasText: "Max drawdown" }).click();
    const shallow = Number.parseFloat((await first.locator("td").nth(7).textContent())!);
    await page.locator("#trials th button", { hasText: "Max drawdown" }).click();
    const deep = Number.parseFloat((await first.locator("td").nth(7).textContent())!);
    expect(deep).toBeGreaterThan(shallow);
    const grip = page.locator('.grip[data-axis="0"]');
    await grip.scrollIntoViewIfNeeded();
    const box = (await grip.boundingBox())!;
    await page.mouse.move(box.x + 14, box.y + box.height - 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 14, box.y + 0.75 * box.height);
    await page.mouse.up();
    expect(await page.locator("#parallel .told").textContent()).toContain(`6 of ${TRIALS} lines`);
    expect(await page.locator("#trials tbody tr").count()).toBe(6);
    await grip.click();
    expect(await page.locator("#trials tbody tr").count()).toBe(TRIALS);
  });

  it("shows another metric, and turns dark when asked", async () => {
    const map = page.locator("#map canvas");
    const before = await map.screenshot();
    await page.locator("#controls select").first().selectOption({ label: "Turnover" });
    expect(Buffer.compare(before, await map.screenshot())).not.toBe(0);
    await page.locator("#theme").click();
    const dark = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(dark).toBe("rgb(18, 22, 29)");
    expect(said).toEqual([]);
  });

  it("shows windows one at a time, of a sweep whose rows are not kept", async () => {
    const ran = await swymc(
      ...["sweep", rules("ema_crossover_params"), "--data", HOURLY, "--threads", "1"],
      ...["--param", "fast=4,8", "--param", "slow=20,40"],
      ...["--windows", "2024-01-01:2024-01-31,2024-02-01:2024-02-29"],
      ...["--report", file("windows.html")],
    );
    expect(ran.code, ran.err).toBe(0);
    await page.goto(pathToFileURL(file("windows.html")).href);
    await page.waitForSelector("html[data-ready]");
    const trials = () => page.locator("#trials tbody td:first-child").allTextContents();
    const select = page.locator("#controls-job select");
    await select.selectOption({ label: "2024-01-01/2024-02-01" });
    expect((await trials()).sort()).toEqual(["1", "2", "3", "4"]);
    await select.selectOption({ label: "2024-02-01/2024-03-01" });
    expect((await trials()).sort()).toEqual(["5", "6", "7", "8"]);
    expect(await page.locator("#command").textContent()).toMatch(
      /--out results\.parquet && swymc sweep show results\.parquet --row [5-8]$/,
    );
    expect(said).toEqual([]);
  });

  it("is the same from a finished file, and one row becomes a report of its own", async () => {
    const made = await swymc(
      ...["sweep", "show", file("rows.parquet"), "--report", file("again.html")],
    );
    expect(made.code, made.err).toBe(0);
    expect(await readFile(file("again.html"), "utf8")).toBe(
      await readFile(file("sweep.html"), "utf8"),
    );
    const one = await swymc(
      ...["sweep", "show", file("rows.parquet"), "--row", "3", "--report", file("one.html")],
    );
    expect(one.code, one.err).toBe(0);
    expect((await stat(file("one.html"))).size).toBeGreaterThan(100_000);
    const none = await swymc("sweep", "show", file("rows.parquet"));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("--row")]);
  });
});
