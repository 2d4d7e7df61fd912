/** How requests are tried again. */
export interface RetryOptions {
  /** Tries in all. Default 5. */
  readonly attempts?: number | undefined;
  /** First pause in ms; each further one is twice as long, up to a minute. Default 500. */
  readonly backoffMs?: number | undefined;
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** Waits; for tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** A try that failed and the pause before the next one. */
export interface Retry {
  readonly url: string;
  readonly attempt: number;
  readonly reason: string;
  readonly waitMs: number;
}

/** Pause after the given try (from 1). */
export function backOff(attempt: number, { backoffMs = 500 }: RetryOptions): number {
  return Math.min(60_000, backoffMs * 2 ** (attempt - 1));
}

/** A Retry-After header, in seconds or as a date, as ms from now; undefined where it says nothing. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
