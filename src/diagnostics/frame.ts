import type { Diagnostic, Span } from "./diagnostic.ts";
import { displayed, displayWidth } from "./display.ts";
import { escapeTerminal } from "./escape.ts";
import { type Paint, painter } from "./paint.ts";
import type { SourceText } from "./source-text.ts";

export interface RenderOptions {
  /** ANSI colours; off unless asked for. */
  readonly color?: boolean;
}

/** Source characters shown of a long line. */
const WINDOW = 96;

/**
 * A diagnostic for people: code and message, file:line:column, the line with carets under the span, the hint.
 * Several lines, no line end at the last. `text` is the source the span counts in.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  text?: SourceText,
  options: RenderOptions = {},
): string {
  const paint = painter(options.color === true);
  const tone = diagnostic.severity === "error" ? paint.red : paint.yellow;
  const head = `${tone(`${diagnostic.severity}[${diagnostic.code}]`)}${paint.bold(`: ${escapeTerminal(diagnostic.message)}`)}`;
  const gutter = diagnostic.span === undefined ? 1 : String(diagnostic.span.line).length;
  const pad = " ".repeat(gutter);
  const lines = [head];
  const place = placeOf(diagnostic, text);
  if (place !== "") lines.push(`${pad}${paint.blue("-->")} ${place}`);
  if (text !== undefined && diagnostic.span !== undefined) {
    lines.push(...frame(text, diagnostic.span, pad, paint, tone));
  }
  if (diagnostic.hint !== undefined) {
    lines.push(
      `${pad} ${paint.blue("=")} ${paint.bold("help:")} ${escapeTerminal(diagnostic.hint)}`,
    );
  }
  return lines.join("\n");
}

function placeOf({ file, span, pointer }: Diagnostic, text: SourceText | undefined): string {
  const name = file ?? text?.file;
  const where = span === undefined ? "" : `${span.line}:${span.column}`;
  const path = [name === undefined ? "" : escapeTerminal(name), where].filter(
    (part) => part !== "",
  );
  const at = pointer === undefined || pointer === "" ? "" : `(${escapeTerminal(clip(pointer))})`;
  return [path.join(":"), at].filter((part) => part !== "").join(" ");
}

function clip(pointer: string): string {
  return pointer.length <= WINDOW ? pointer : `…${pointer.slice(-WINDOW)}`;
}

function frame(
  text: SourceText,
  span: Span,
  pad: string,
  paint: Paint,
  tone: (text: string) => string,
): readonly string[] {
  const bar = paint.blue("|");
  const { before, marked, after } = cut(text.line(span.line), span);
  const blank = " ".repeat(displayWidth(before));
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    `${pad} ${bar}`,
    `${paint.blue(String(span.line))} ${bar} ${before}${marked}${after}`.trimEnd(),
    `${pad} ${bar} ${blank}${tone(carets)}`,
  ];
}

/** The line in three displayed parts, clipped around the span where it is long. */
function cut(line: string, span: Span) {
  const start = Math.min(span.column - 1, line.length);
  const end = Math.min(start + span.length, line.length);
  const from = line.length <= WINDOW ? 0 : boundary(line, Math.max(0, start - WINDOW / 3));
  const to =
    line.length <= WINDOW ? line.length : boundary(line, Math.min(line.length, from + WINDOW));
  const stop = Math.min(end, to);
  return {
    before: `${from > 0 ? "…" : ""}${displayed(line.slice(from, start))}`,
    marked: displayed(line.slice(start, stop)),
    after: `${displayed(line.slice(stop, to))}${to < line.length ? "…" : ""}`,
  };
}

/** The offset, or one less where it would split a surrogate pair. */
function boundary(line: string, offset: number): number {
  const unit = line.charCodeAt(offset);
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}
