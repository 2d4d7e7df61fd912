import type { Io } from "./io.ts";

const WIDTH = 24;

export interface Progress {
  /** So much of so much is done, and this is next. */
  step(done: number, of: number, next: string): void;
  /** Writes something else to the terminal, with the bar out of its way. */
  say(write: () => void): void;
  end(): void;
}

/** Progress on standard error: a bar on a terminal, a line per step elsewhere, nothing where it is to be quiet. */
export function startProgress(io: Io, quiet: boolean): Progress {
  const terminal = (io.err as { isTTY?: boolean }).isTTY === true;
  let shown = "";
  const draw = (text: string) => {
    if (text !== shown) io.err.write(`\r\x1b[2K${text}`);
    shown = text;
  };
  return {
    step(done, of, next) {
      if (quiet) return;
      if (!terminal) {
        io.err.write(`${done + 1}/${of} ${next}\n`);
        return;
      }
      const filled = of === 0 ? WIDTH : Math.floor((done / of) * WIDTH);
      const bar = "#".repeat(filled).padEnd(WIDTH, ".");
      draw(`[${bar}] ${done}/${of} ${next.slice(-40)}`);
    },
    say(write) {
      const before = shown;
      if (before !== "") draw("");
      write();
      if (before !== "") draw(before);
    },
    end() {
      if (shown !== "") draw("");
    },
  };
}
