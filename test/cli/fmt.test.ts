import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules, swymc, temporaryFile } from "./run.ts";

const UGLY = "//@version=5\nx=1+  2 // sum\nif x>1\n\ty =f( x,2 )\n";
const PRETTY = "//@version=5\nx = 1 + 2 // sum\nif x > 1\n    y = f(x, 2)\n";

test("fmt writes a script in place, once", async () => {
  const file = temporaryFile("a.pine", UGLY);
  expect(await swymc("fmt", file)).toEqual({ code: 0, out: "", err: `${file} formatted\n` });
  expect(readFileSync(file, "utf8")).toBe(PRETTY);
  expect(await swymc("fmt", file)).toEqual({ code: 0, out: "", err: "" });
});

test("fmt --check names what would change and changes nothing", async () => {
  const ugly = temporaryFile("a.pine", UGLY);
  const pretty = temporaryFile("b.pine", PRETTY);
  const { code, out, err } = await swymc("fmt", "--check", ugly, pretty);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain(`${ugly} is not formatted`);
  expect(err).not.toContain(pretty);
  expect(readFileSync(ugly, "utf8")).toBe(UGLY);
});

test("fmt --stdout prints", async () => {
  const file = temporaryFile("a.pine", UGLY);
  expect((await swymc("fmt", "--stdout", file)).out).toBe(PRETTY);
  expect(readFileSync(file, "utf8")).toBe(UGLY);
});

test("fmt leaves a script with errors as it is, and formats the others", async () => {
  const wrong = temporaryFile("a.pine", "x = (1\ny=2\n");
  const right = temporaryFile("b.pine", UGLY);
  const { code, err } = await swymc("fmt", wrong, right);
  expect(code).toBe(1);
  expect(err).toContain('expected ")"');
  expect(readFileSync(wrong, "utf8")).toBe("x = (1\ny=2\n");
  expect(readFileSync(right, "utf8")).toBe(PRETTY);
});

test("fmt formats rule documents too", async () => {
  const source = readFileSync(rules("ema_crossover"), "utf8");
  const file = temporaryFile("rules.json", JSON.stringify(JSON.parse(source)));
  await swymc("fmt", file);
  const formatted = readFileSync(file, "utf8");
  expect(formatted.split("\n").length).toBeGreaterThan(10);
  expect(JSON.parse(formatted)).toEqual(JSON.parse(source));
  expect((await swymc("fmt", "--check", file)).code).toBe(0);
});
