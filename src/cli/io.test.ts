import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { hasUnicode, wantsColor } from "./io.ts";

const pipe = new PassThrough();
const terminal = Object.assign(new PassThrough(), { isTTY: true });

test("colours terminals only", () => {
  expect(wantsColor(terminal, {})).toBe(true);
  expect(wantsColor(pipe, {})).toBe(false);
  expect(wantsColor(terminal, { TERM: "dumb" })).toBe(false);
});

test("NO_COLOR turns colours off, also against FORCE_COLOR", () => {
  expect(wantsColor(terminal, { NO_COLOR: "1" })).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: "" })).toBe(true);
});

test("FORCE_COLOR turns them on in a pipe, 0 off on a terminal", () => {
  expect(wantsColor(pipe, { FORCE_COLOR: "1" })).toBe(true);
  expect(wantsColor(pipe, { FORCE_COLOR: "" })).toBe(true);
  expect(wantsColor(terminal, { FORCE_COLOR: "0" })).toBe(false);
});

test("block characters need a locale that has them", () => {
  expect(hasUnicode({ LANG: "de_DE.UTF-8" }, "linux")).toBe(true);
  expect(hasUnicode({ LANG: "en_US.utf8", LC_ALL: "C" }, "linux")).toBe(false);
  expect(hasUnicode({ LANG: "C", LC_CTYPE: "en_US.UTF-8" }, "linux")).toBe(true);
  expect(hasUnicode({}, "linux")).toBe(false);
  expect([hasUnicode({}, "win32"), hasUnicode({ WT_SESSION: "1" }, "win32")]).toEqual([
    false,
    true,
  ]);
});
