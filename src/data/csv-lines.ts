import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { CsvHead } from "./csv-head.ts";
import { splitCsv } from "./csv-head.ts";
import { type NameRow, numberedRow } from "./finish.ts";
import type { SourceFile } from "./source-kind.ts";

const LONGEST = 200;

/**
 * Names rows of a CSV file by their line, counted from 1, and its text. The file is read again for
 * it, which only happens on the way to an error or a warning. `keep` tells which records were read.
 */
export function csvRowNames(
  file: SourceFile,
  head: CsvHead,
  keep: ((cells: readonly string[]) => boolean) | null,
): NameRow {
  let text: string | null = null;
  return (index, bars) => {
    try {
      text ??= readText(file);
    } catch {
      return numberedRow(index, bars);
    }
    const found = findRecord(text, head, index, keep);
    if (found === null) return numberedRow(index, bars);
    const row = found.text.length > LONGEST ? `${found.text.slice(0, LONGEST)}…` : found.text;
    return { where: `line ${found.line}`, row };
  };
}

function findRecord(
  text: string,
  head: CsvHead,
  index: number,
  keep: ((cells: readonly string[]) => boolean) | null,
): { line: number; text: string } | null {
  let left = index;
  let header = head.header;
  for (const record of records(text)) {
    if (header) {
      header = false;
      continue;
    }
    if (keep !== null && !keep(splitCsv(record.text, head.delimiter))) continue;
    if (left-- === 0) return record;
  }
  return null;
}

/** Records with the line on which they begin; blank lines are none, quoted line breaks end none. */
function* records(text: string): Generator<{ line: number; text: string }> {
  let line = 1;
  let start = 0;
  let startLine = 1;
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 34) quoted = !quoted;
    if (i < text.length && char !== 10) continue;
    if (!quoted || i === text.length) {
      const record = text.slice(start, i).replace(/\r$/, "");
      if (record.trim() !== "") yield { line: startLine, text: record };
      start = i + 1;
      startLine = line + 1;
    }
    line++;
  }
}

function readText({ path, kind }: SourceFile): string {
  const bytes = readFileSync(path);
  return (kind === "csv_gz" ? gunzipSync(bytes) : bytes).toString("utf8");
}
