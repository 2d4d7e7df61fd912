import { describe, expect, it } from "vitest";
import { SourceText } from "./source-text.ts";

describe("SourceText", () => {
  it("counts lines at LF, CRLF and CR", () => {
    const text = new SourceText("a\nbc\r\ndef\rg");
    expect(text.lineCount).toBe(4);
    expect([1, 2, 3, 4].map((line) => text.line(line))).toEqual(["a", "bc", "def", "g"]);
    expect(text.position(0)).toEqual({ line: 1, column: 1 });
    expect(text.position(2)).toEqual({ line: 2, column: 1 });
    expect(text.position(6)).toEqual({ line: 3, column: 1 });
    expect(text.position(10)).toEqual({ line: 4, column: 1 });
  });

  it("counts a line end as the last column of its line", () => {
    const text = new SourceText("ab\r\nc");
    expect(text.position(2)).toEqual({ line: 1, column: 3 });
    expect(text.position(3)).toEqual({ line: 1, column: 4 });
    expect(text.position(4)).toEqual({ line: 2, column: 1 });
  });

  it("has one empty line where there is no text, and one after a last line end", () => {
    expect(new SourceText("").lineCount).toBe(1);
    expect(new SourceText("").position(0)).toEqual({ line: 1, column: 1 });
    expect(new SourceText("a\n").position(2)).toEqual({ line: 2, column: 1 });
  });

  it("counts columns in UTF-16 units", () => {
    expect(new SourceText("🙂é only").position(3)).toEqual({ line: 1, column: 4 });
  });

  it("moves offsets outside the text to its ends", () => {
    const text = new SourceText("ab\nc");
    expect(text.position(-5)).toEqual({ line: 1, column: 1 });
    expect(text.position(99)).toEqual({ line: 2, column: 2 });
    expect(text.line(0)).toBe("");
    expect(text.line(3)).toBe("");
  });

  it("makes spans", () => {
    expect(new SourceText("ab\ncd").span(3, 2)).toEqual({
      offset: 3,
      length: 2,
      line: 2,
      column: 1,
    });
  });
});
