import { describe, expect, it } from "vitest";
import type { Diagnostic } from "./diagnostic.ts";
import { renderDiagnostic } from "./frame.ts";
import { SourceText } from "./source-text.ts";

const error: Diagnostic = { code: "unknown_kind", severity: "error", message: "no such thing" };

function at(
  source: string,
  offset: number,
  length: number,
  more: Partial<Diagnostic> = {},
): string {
  const text = new SourceText(source, "rules.json");
  return renderDiagnostic({ ...error, span: text.span(offset, length), ...more }, text);
}

describe("renderDiagnostic", () => {
  it("shows message, place, line, carets and hint", () => {
    const source = '{\n  "kind": "al_of"\n}\n';
    const shown = at(source, 12, 7, { pointer: "/kind", hint: 'did you mean "all_of"?' });
    expect(shown).toBe(`error[unknown_kind]: no such thing
 --> rules.json:2:11 (/kind)
  |
2 |   "kind": "al_of"
  |           ^^^^^^^
  = help: did you mean "all_of"?`);
  });

  it("aligns the gutter with the line number", () => {
    expect(at(`${"\n".repeat(99)}abc`, 99, 3)).toBe(`error[unknown_kind]: no such thing
   --> rules.json:100:1
    |
100 | abc
    | ^^^`);
  });

  it("shows tabs as two spaces and keeps the carets below", () => {
    expect(at("\t\tabc", 2, 3)).toBe(`error[unknown_kind]: no such thing
 --> rules.json:1:3
  |
1 |     abc
  |     ^^^`);
  });

  it("gives wide characters two columns and combining marks none", () => {
    expect(at("只🙂 abc", 4, 3)).toBe(`error[unknown_kind]: no such thing
 --> rules.json:1:5
  |
1 | 只🙂 abc
  |      ^^^`);
    expect(at("e\u0301 abc", 3, 3)).toContain("\n  |   ^^^");
    expect(at("x 空仓 y", 2, 2)).toContain("\n  |   ^^^^");
  });

  it("marks an empty span with one caret, at the end of the text too", () => {
    expect(at("abc", 3, 0)).toBe(`error[unknown_kind]: no such thing
 --> rules.json:1:4
  |
1 | abc
  |    ^`);
    expect(at("", 0, 0)).toBe(`error[unknown_kind]: no such thing
 --> rules.json:1:1
  |
1 |
  | ^`);
  });

  it("marks a span of several lines to the end of its first", () => {
    expect(at("a {\r\n b\r\n}", 2, 8)).toBe(`error[unknown_kind]: no such thing
 --> rules.json:1:3
  |
1 | a {
  |   ^`);
  });

  it("clips a long line around the span", () => {
    const shown = at(`${"a".repeat(500)}HERE${"b".repeat(500)}`, 500, 4).split("\n");
    expect(shown[3]).toBe(`1 | …${"a".repeat(32)}HERE${"b".repeat(60)}…`);
    expect(shown[4]).toBe(`  |  ${" ".repeat(32)}^^^^`);
  });

  it("clips a long span", () => {
    const shown = at("x".repeat(5000), 0, 5000).split("\n");
    expect(shown[3]).toBe(`1 | ${"x".repeat(96)}…`);
    expect(shown[4]).toBe(`  | ${"^".repeat(96)}`);
  });

  it("never cuts a character in two", () => {
    for (let offset = 0; offset < 400; offset += 2) {
      expect(at("🙂".repeat(400), offset, 2)).not.toMatch(/\p{Cs}/u);
    }
  });

  it("shows control and bidi characters as escapes, in the line and in every text", () => {
    const text = new SourceText("\u202eab\u001b[2J", "evil\u0007.json");
    const shown = renderDiagnostic(
      { ...error, message: "a\u202eb", hint: "c\nd", pointer: "/\u200b", span: text.span(1, 2) },
      text,
    );
    expect(shown).toBe(`error[unknown_kind]: a\\u{202e}b
 --> evil\\u{7}.json:1:2 (/\\u{200b})
  |
1 | \\u{202e}ab\\u{1b}[2J
  |         ^^
  = help: c\\nd`);
  });

  it("does with whatever place there is", () => {
    expect(renderDiagnostic(error)).toBe("error[unknown_kind]: no such thing");
    expect(renderDiagnostic({ ...error, file: "a.csv", severity: "warning" })).toBe(
      "warning[unknown_kind]: no such thing\n --> a.csv",
    );
    expect(renderDiagnostic({ ...error, pointer: "/rules/0" })).toBe(
      "error[unknown_kind]: no such thing\n --> (/rules/0)",
    );
    expect(renderDiagnostic({ ...error, hint: "try again" })).toBe(
      "error[unknown_kind]: no such thing\n  = help: try again",
    );
  });

  it("colours on demand only", () => {
    const text = new SourceText("abc", "a.json");
    const diagnostic = { ...error, span: text.span(0, 3), hint: "h" };
    expect(renderDiagnostic(diagnostic, text, { color: true })).toBe(
      [
        "\u001b[31merror[unknown_kind]\u001b[39m\u001b[1m: no such thing\u001b[22m",
        " \u001b[34m-->\u001b[39m a.json:1:1",
        "  \u001b[34m|\u001b[39m",
        "\u001b[34m1\u001b[39m \u001b[34m|\u001b[39m abc",
        "  \u001b[34m|\u001b[39m \u001b[31m^^^\u001b[39m",
        "  \u001b[34m=\u001b[39m \u001b[1mhelp:\u001b[22m h",
      ].join("\n"),
    );
    expect(renderDiagnostic(diagnostic, text)).not.toContain("\u001b");
  });
});
