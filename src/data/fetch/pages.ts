import { barClose } from "../bar-period.ts";
import type { ExchangeSeries, Page } from "./exchange.ts";

/** A stretch of stored bars without a gap: their number, opens of the first and the last in epoch ms. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly bars: number;
}

/** Bars that are wanted: open times from `from` (inclusive) to `to` (exclusive), in epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The closed bars of a span that are not stored yet, page by page. Each request starts at the first bar that is
 * missing, so a second run goes on where the first one ended. Bars of an answer that come before its start (a page
 * boundary repeated) or that are still open at `now` are left out. A page may still hold bars that are stored
 * further on: merging sorts that out.
 */
export async function* missingPages(
  series: ExchangeSeries,
  span: Span,
  stored: readonly Run[],
  now: number,
): AsyncGenerator<Page> {
  const { interval } = series;
  const wanted = (open: number) => open < span.to && barClose(open, interval) <= now;
  let cursor = firstMissing(span.from, stored, series);
  while (wanted(cursor)) {
    const answer = (await series.page(cursor)).filter(([time]) => time >= cursor);
    const page = answer.filter(([time]) => wanted(time));
    if (page.length > 0) yield page;
    // An exchange that answers about a stretch before a listing has nothing to say: the next stretch is asked for.
    const end = answer.length > 0 ? barClose(answer.at(-1)![0], interval) : pageEnd(cursor, series);
    cursor = firstMissing(end, stored, series);
  }
}

/** The first open time from `at` on that no stored run covers. */
function firstMissing(at: number, stored: readonly Run[], { interval }: ExchangeSeries): number {
  let missing = at;
  for (const { first, last } of stored) {
    if (first >= barClose(missing, interval)) break;
    if (last >= missing) missing = barClose(last, interval);
  }
  return missing;
}

function pageEnd(start: number, { interval, pageBars }: ExchangeSeries): number {
  if (interval !== "1M") return start + pageBars * (barClose(start, interval) - start);
  const date = new Date(start);
  return date.setUTCMonth(date.getUTCMonth() + pageBars);
}
