import { fail } from "../../diagnostics/index.ts";
import type { CcxtExchange } from "./ccxt-package.ts";
import { type HttpOptions, readBody, request, shownUrl } from "./http.ts";

/** Largest answer of an exchange: its list of markets has some MB, a page of bars less than one. */
const LARGEST_ANSWER = 128 * 1024 * 1024;

interface CcxtRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Lets ccxt make its requests through ours: tried again where that helps, bounded in size, whole, and JSON. ccxt by
 * itself would take the text of a page that is no JSON for the answer, and find no bars in it.
 */
export function useTransport(exchange: CcxtExchange, http: HttpOptions): void {
  // Ours counts time since the last byte, over several tries.
  exchange.timeout = 2 ** 31 - 1;
  exchange.fetchImplementation = (url: string, { method, headers, body }: CcxtRequest) =>
    request({ url, method, headers, body }, http, async (answer) => {
      const text = (await readBody(answer, url, LARGEST_ANSWER)).toString("utf8");
      if (answer.status < 400) checkAnswer(url, body, text);
      const { status, statusText } = answer;
      return new Response(status === 204 ? null : text, {
        status,
        statusText,
        headers: { "content-type": "application/json" },
      });
    });
}

/** Sends every request to another host: scheme, host and port of the addresses change, their paths stay. */
export function useBaseUrl(exchange: CcxtExchange, baseUrl: string): void {
  const base = checkBaseUrl(baseUrl);
  exchange.urls["api"] = moved(exchange.urls["api"], base);
}

/** A base address without the slash at its end; anything but http and https is an error. */
export function checkBaseUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) fail("base_url", { url });
  return url.replace(/\/+$/, "");
}

function moved(urls: unknown, base: string): unknown {
  if (typeof urls === "string") return urls.replace(/^\w+:\/\/[^/]*/, base);
  if (typeof urls !== "object" || urls === null) return urls;
  return Object.fromEntries(Object.entries(urls).map(([key, url]) => [key, moved(url, base)]));
}

/** JSON, and a list where bars were asked for: ccxt reads no bars from an object that is not one of the errors it knows. */
function checkAnswer(url: string, asked: string | undefined, text: string): void {
  const answer = parsed(url, text);
  const ofBars = /\/klines(\?|$)/.test(url) || (asked ?? "").includes('"candleSnapshot"');
  if (!ofBars || isBarList(answer)) return;
  const isError = typeof answer === "object" && answer !== null && "code" in answer;
  if (!isError) fail("exchange_answer", { name: shownUrl(url), reason: clipped(text) });
}

/** Rows with a time each: ccxt drops those without one. */
function isBarList(answer: unknown): boolean {
  return (
    Array.isArray(answer) &&
    answer.every((row) => Number.isSafeInteger(Array.isArray(row) ? row[0] : row?.t))
  );
}

function parsed(url: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const found =
      text.trim() === "" ? "an empty answer" : `${clipped(text)} (${text.length} characters)`;
    return fail("fetch_not_json", { url: shownUrl(url), found });
  }
}

function clipped(text: string): string {
  return JSON.stringify(text.trim().slice(0, 80).replace(/\s+/g, " "));
}
