import type { Span } from "./diagnostic.ts";

/** A source text with its lines. Lines end at LF, CRLF or CR; offsets and columns count UTF-16 units. */
export class SourceText {
  readonly text: string;
  /** Name of the file it was read from, for people. */
  readonly file: string | undefined;
  #starts: readonly number[] | undefined;

  constructor(text: string, file?: string) {
    this.text = text;
    this.file = file;
  }

  get lineCount(): number {
    return this.#lineStarts().length;
  }

  /** Line and column of an offset, both counted from 1. An offset outside the text is moved to its nearest end. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const starts = this.#lineStarts();
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - starts[low] + 1 };
  }

  span(offset: number, length: number): Span {
    return { offset, length, ...this.position(offset) };
  }

  /** A line (counted from 1) without its line end; empty where there is no such line. */
  line(number: number): string {
    const starts = this.#lineStarts();
    if (number < 1 || number > starts.length) return "";
    const end = starts[number] ?? this.text.length;
    return this.text.slice(starts[number - 1], end).replace(/(\r\n|\n|\r)$/, "");
  }

  #lineStarts(): readonly number[] {
    this.#starts ??= lineStarts(this.text);
    return this.#starts;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
