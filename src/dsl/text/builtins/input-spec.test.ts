import { describe, expect, test } from "vitest";
import { type InputCall, inputSpec } from "./index.ts";

const span = { start: 0, end: 9 };
const spec = (call: Partial<InputCall>) =>
  inputSpec({ name: "q", type: "auto", defval: "int", args: {}, span, ...call });

describe("inputs as parameters", () => {
  test("have the name of their variable, its bounds and its step", () => {
    const args = { defval: 14, title: "Length", minval: 2, maxval: 50, step: 2 };
    expect(spec({ type: "int", args })).toEqual({
      name: "q",
      title: "Length",
      type: "int",
      standard: 14,
      min: 2,
      max: 50,
      step: 2,
      options: null,
      span,
    });
  });

  test.each([
    ["int", 5, "int"],
    ["float", 1.5, "float"],
    ["bool", true, "bool"],
    ["text", "EMA", "text"],
    ["source", "close", "source"],
  ] as const)("without a type a default of %s tells it", (defval, value, type) => {
    expect(spec({ defval, args: { defval: value } })).toMatchObject({ type, standard: value });
  });

  test.each([
    ["integer", 5, "int"],
    ["float", 5, "float"],
    ["bool", true, "bool"],
    ["string", "EMA", "text"],
    ["resolution", "D", "text"],
    ["session", "0930-1600", "text"],
    ["symbol", "X", "text"],
    ["source", "hl2", "source"],
    ["time", 0, "int"],
  ])("type=%s of version 4", (given, value, type) => {
    expect(spec({ args: { defval: value, type: given } })).toMatchObject({ type, standard: value });
  });

  test("a bool of version 4 may be a number", () => {
    expect(spec({ args: { defval: 1, type: "bool" } }).standard).toBe(true);
    expect(spec({ args: { defval: 0, type: "bool" } }).standard).toBe(false);
  });

  test("options of texts and numbers are its space", () => {
    const options = ["SMA", "EMA"];
    expect(
      spec({ type: "string", defval: "text", args: { defval: "EMA", options } }),
    ).toMatchObject({ options, standard: "EMA", min: null });
  });

  test("texts have no bounds and an empty title is none", () => {
    expect(
      spec({ type: "string", defval: "text", args: { defval: "a", title: "", minval: 1 } }),
    ).toMatchObject({ min: null, title: null });
  });
});
