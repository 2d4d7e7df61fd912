import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { fail } from "../diagnostics/index.ts";
import type { Context } from "./context.ts";

const EXAMPLES = `
Examples:
  $ swymc backtest rules.json --data bars.csv --report run.html
  $ swymc view run.html`;

/** `swymc view FILE`: opens a report in the browser. */
export function defineView(program: Command, { io }: Context): void {
  program
    .command("view")
    .description("Open a report in the browser.")
    .argument("<file>", "page that --report wrote")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string) => {
      const path = resolve(file);
      if (!existsSync(path)) fail("file_unreadable", { path: file, reason: "no such file" });
      if (!/\.html?$/i.test(path)) fail("not_a_report", { path: file });
      const opened = await open(path);
      io.out.write(opened ? `${path}\n` : `Open this page in a browser: ${path}\n`);
    });
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Whether a program took the page. The path is an argument, never part of a command line. */
function open(path: string): Promise<boolean> {
  const [command, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  return new Promise((done) => {
    const child = spawn(command, [...args, path], { detached: true, stdio: "ignore" });
    child.on("error", () => done(false));
    child.on("spawn", () => {
      child.unref();
      done(true);
    });
  });
}
