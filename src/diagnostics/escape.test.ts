import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, escapeTerminal } from "./escape.ts";

describe("escapeTerminal", () => {
  it.each([
    ["plain text, ünïcode and 🙂", "plain text, ünïcode and 🙂"],
    ["a\nb\tc\r", "a\\nb\\tc\\r"],
    ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["\u0000\u0007\u007f\u0085\u009b", "\\u{0}\\u{7}\\u{7f}\\u{85}\\u{9b}"],
    ["user\u202eevil\u202c", "user\\u{202e}evil\\u{202c}"],
    [
      "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
      "\\u{2066}\\u{2067}\\u{2068}\\u{2069}\\u{200e}\\u{200f}\\u{61c}",
    ],
    ["a\u200bb\ufeffc\u00add", "a\\u{200b}b\\u{feff}c\\u{ad}d"],
    ["a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["lone \ud800 and \udc00", "lone \\u{d800} and \\u{dc00}"],
    ["filler\u3164", "filler\\u{3164}"],
  ])("%j", (text, expected) => {
    expect(escapeTerminal(text)).toBe(expected);
  });

  it("leaves nothing that could move the cursor or turn text around", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeTerminal(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe("escapeHtml", () => {
  it("leaves no character that markup is made of", () => {
    expect(escapeHtml(`<img src=x onerror="alert('&')">`)).toBe(
      "&#60;img src=x onerror=&#34;alert(&#39;&#38;&#39;)&#34;&#62;",
    );
    expect(escapeHtml("a\u202eb")).toBe("a\\u{202e}b");
  });
});
