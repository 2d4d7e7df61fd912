import type { Writable } from "node:stream";

/** Where a command writes: results to `out`, everything else to `err`; never to `process` itself. */
export interface Io {
  readonly out: Writable;
  readonly err: Writable;
  /** Whether colours suit each stream. */
  readonly outColor: boolean;
  readonly errColor: boolean;
}

type Stream = Writable & { isTTY?: boolean };

export function processIo(): Io {
  const { stdout: out, stderr: err, env } = process;
  tolerateBrokenPipe(out);
  tolerateBrokenPipe(err);
  return { out, err, outColor: wantsColor(out, env), errColor: wantsColor(err, env) };
}

/** NO_COLOR wins (https://no-color.org), then FORCE_COLOR (0 and false mean no), then the terminal. */
export function wantsColor(stream: Stream, env: Readonly<Record<string, string | undefined>>) {
  if (env["NO_COLOR"]) return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** Whether a terminal of this environment shows block characters: its locale says so (LC_ALL before LC_CTYPE before LANG). */
export function hasUnicode(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === "win32") return env["WT_SESSION"] !== undefined;
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
}

/** `swymc … | head` closes the pipe early: no failure, and the files asked for are still written. */
function tolerateBrokenPipe(stream: Writable): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
