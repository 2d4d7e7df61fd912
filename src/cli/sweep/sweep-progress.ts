import { count } from "../../report/format.ts";
import type { SweepProgress } from "../../sweep/run-sweep.ts";
import type { Io } from "../io.ts";

const WIDTH = 24;
/** Milliseconds between two drawings on a terminal, and between two lines elsewhere. */
const DRAWN = 100;
const LINE = 10_000;

/** Shows how far a sweep is on standard error: a bar with rate and time left on a terminal, now and then a line elsewhere. */
export function sweepProgress(io: Io, total: { trials: number; exact: boolean }) {
  const terminal = (io.err as { isTTY?: boolean }).isTTY === true;
  const begun = performance.now();
  let last = begun;
  let drawn = false;
  return {
    step({ trials, share, stored }: SweepProgress) {
      const now = performance.now();
      if (now - last < (terminal ? DRAWN : LINE)) return;
      last = now;
      const seconds = (now - begun) / 1000;
      const rate = (trials - stored) / seconds;
      const own = total.trials === 0 ? 0 : (trials - stored) / trials;
      const left = share > 0 && own > 0 ? (seconds * (1 - share)) / (share * own) : Number.NaN;
      const of = `${grouped(trials)} of ${total.exact ? "" : "at most "}${count(total.trials, "trial")}`;
      const pace = `${rateText(rate)}, ${Number.isFinite(left) ? `${timeText(left)} left` : "…"}`;
      if (!terminal) {
        io.err.write(`${of}, ${pace}\n`);
        return;
      }
      const filled = Math.min(WIDTH, Math.floor(share * WIDTH));
      io.err.write(
        `\r\x1b[2K[${"#".repeat(filled).padEnd(WIDTH, ".")}] ${Math.floor(share * 100)} % ${of}, ${pace}`,
      );
      drawn = true;
    },
    end() {
      if (drawn) io.err.write("\r\x1b[2K");
      drawn = false;
    },
  };
}

/** `1,234 trials/s`; below one per second `2.5 s per trial`. */
export function rateText(rate: number): string {
  return rate >= 1 || rate === 0
    ? `${grouped(Math.round(rate))} trials/s`
    : `${(1 / rate).toFixed(1)} s per trial`;
}

/** `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function grouped(n: number): string {
  return n.toLocaleString("en-US");
}
