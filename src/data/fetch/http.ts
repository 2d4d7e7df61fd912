import { fail } from "../../diagnostics/index.ts";
import { backOff, type RetryOptions, retryAfterMs } from "./retry.ts";

export interface HttpOptions extends RetryOptions {
  /** Time without a byte after which a request counts as lost, in ms. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

/** An answer whose body has not been read yet; `chunks` fails when it ends early or stalls. */
export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const TIMEOUT_MS = 30_000;
/** Waiting longer than this for a server that says when to come back is left to the user. */
const LONGEST_WAIT_MS = 120_000;

/** What a body that ended early, stalled or was reset leaves behind. */
export class BrokenBody extends Error {}

/**
 * One HTTP request whose answer is handed to `read`. Refused connections, time-outs, 429 and 5xx are tried again
 * with growing pauses (Retry-After wins), other statuses go to `read`. With `retryBody` so does a body that breaks
 * off; without it that is an error at once, because part of an answer must not be taken for all of it.
 */
export async function request<T>(
  asked: HttpRequest,
  options: HttpOptions,
  read: (answer: HttpAnswer) => Promise<T>,
  { retryBody = false }: { retryBody?: boolean } = {},
): Promise<T> {
  const url = shownUrl(asked.url);
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(asked, options, read);
    if ("value" in outcome) return outcome.value;
    const { problem } = outcome;
    const wait = problem.waitMs ?? backOff(attempt, options);
    const again =
      problem.kind === "status"
        ? problem.status !== 418 || problem.waitMs !== undefined
        : problem.kind !== "broken" || retryBody;
    if (wait > LONGEST_WAIT_MS) {
      fail("fetch_rate_limited", { url, seconds: Math.ceil(wait / 1000) });
    }
    if (!again || attempt >= (options.attempts ?? 5)) return giveUp(url, attempt, problem);
    options.onRetry?.({ url, attempt, reason: reasonOf(problem), waitMs: wait });
    await (options.sleep ?? pause)(wait, options.signal);
  }
}

/** The whole body, up to a number of bytes. */
export async function readBody(answer: HttpAnswer, url: string, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.chunks) {
    bytes += chunk.byteLength;
    if (bytes > limit) fail("fetch_too_large", { url: shownUrl(url), limit });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** An address as it may stand in messages: without user, password and query. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return "(unreadable address)";
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

type Problem =
  | { kind: "status"; status: number; waitMs: number | undefined }
  | { kind: "network" | "timeout" | "broken"; reason: string; waitMs?: undefined };

async function once<T>(
  { url, method = "GET", headers = {}, body }: HttpRequest,
  { timeoutMs = TIMEOUT_MS, signal }: HttpOptions,
  read: (answer: HttpAnswer) => Promise<T>,
): Promise<{ value: T } | { problem: Problem }> {
  const idle = idleTimer(timeoutMs);
  const stop = signal === undefined ? idle.signal : AbortSignal.any([idle.signal, signal]);
  try {
    let response: Response;
    try {
      const init = { method, headers, signal: stop, ...(body === undefined ? {} : { body }) };
      response = await fetch(url, init);
    } catch (cause) {
      signal?.throwIfAborted();
      const reason = causeText(cause);
      return { problem: { kind: idle.signal.aborted ? "timeout" : "network", reason } };
    }
    if (response.status === 429 || response.status === 418 || response.status >= 500) {
      await response.body?.cancel().catch(() => {});
      const waitMs = retryAfterMs(response.headers.get("retry-after"));
      return { problem: { kind: "status", status: response.status, waitMs } };
    }
    try {
      const { status, statusText } = response;
      const chunks = watched(response, idle);
      return { value: await read({ status, statusText, headers: response.headers, chunks }) };
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof BrokenBody)
        return { problem: { kind: "broken", reason: cause.message } };
      throw cause;
    } finally {
      idle.stop();
      if (!response.bodyUsed) await response.body?.cancel().catch(() => {});
    }
  } finally {
    idle.stop();
  }
}

async function* watched(response: Response, idle: IdleTimer): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  try {
    for (;;) {
      idle.touch();
      let next: Awaited<ReturnType<typeof reader.read>>;
      try {
        next = await reader.read();
      } catch (cause) {
        const reason = idle.signal.aborted ? "no byte came for too long" : causeText(cause);
        throw new BrokenBody(reason);
      }
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

interface IdleTimer {
  readonly signal: AbortSignal;
  touch(): void;
  stop(): void;
}

function idleTimer(ms: number): IdleTimer {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    touch() {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(timer),
  };
}

function giveUp(url: string, attempts: number, problem: Problem): never {
  switch (problem.kind) {
    case "status":
      return fail("fetch_status", { url, status: problem.status, attempts });
    case "timeout":
      return fail("fetch_timeout", { url, attempts });
    case "network":
      return fail("fetch_unreachable", { url, attempts, reason: problem.reason });
    case "broken":
      return fail("fetch_truncated", { url, reason: problem.reason });
  }
}

function reasonOf(problem: Problem): string {
  if (problem.kind === "status") return `HTTP ${problem.status}`;
  return problem.kind === "timeout" ? "no answer in time" : problem.reason;
}

/** The word of the network: fetch wraps it into "fetch failed" or "terminated". */
function causeText(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const { code, message } = inner as { code?: string; message?: string };
  return [code, message].filter((part) => part !== undefined && part !== "").join(": ") || "failed";
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", stopped, { once: true });
    function done() {
      signal?.removeEventListener("abort", stopped);
      resolve();
    }
    function stopped() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}
