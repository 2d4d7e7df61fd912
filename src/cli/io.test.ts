import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { wantsColor } from "./io.ts";

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
