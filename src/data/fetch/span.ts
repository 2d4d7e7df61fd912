import { fail } from "../../diagnostics/index.ts";
import { timeWindow } from "../time-range.ts";
import type { Span } from "./pages.ts";

interface Range {
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
}

/** The range of a fetch. Its start is needed; without an end it goes up to now. */
export function fetchSpan(range: Range, now = Date.now()): Span {
  if (range.from === undefined) fail("fetch_option", { option: "--from" });
  const { from, to } = timeWindow(range);
  return { from, to: Math.min(to, now) };
}
