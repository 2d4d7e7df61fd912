import { execFileSync } from "node:child_process";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { describeProgram } from "../../src/cli/completion/shape.ts";
import { createProgram } from "../../src/cli/program.ts";
import { runCli } from "../../src/cli/run-cli.ts";

const sink = new PassThrough();
const io = { out: sink, err: sink, outColor: false, errColor: false };
const shape = describeProgram(createProgram({ io, exit: () => {} }));

async function script(shell: string): Promise<string> {
  const out = new PassThrough();
  expect(await runCli(["completion", shell], { ...io, out })).toBe(0);
  return String(out.read());
}

/** What bash offers for a line that ends in the word under the cursor. */
async function offers(line: string): Promise<string[]> {
  const words = line.split(" ");
  const program = `${await script("bash")}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
_swymc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", program], { encoding: "utf8" }).split("\n").filter(Boolean);
}

describe("bash completion", () => {
  test("offers the commands", async () => {
    expect(await offers("swymc c")).toEqual(["check", "compile", "completion"]);
  });

  test("offers a command's options", async () => {
    expect(await offers("swymc backtest rules.json --cal")).toEqual(["--calendar"]);
  });

  test("offers the values of an option that has a fixed set", async () => {
    expect(await offers("swymc backtest rules.json --fill ")).toEqual(["next_open", "close"]);
    expect(await offers("swymc backtest rules.json --interval 1")).toEqual(
      expect.arrayContaining(["1s", "1m", "1h", "1M"]),
    );
  });

  test("offers files where a file stands", async () => {
    expect(await offers("swymc check package.j")).toEqual(["package.json"]);
    expect(await offers("swymc backtest x --data package.j")).toEqual(["package.json"]);
  });

  test("offers the commands of a command, and behind them their own options", async () => {
    expect(await offers("swymc sweep sh")).toEqual(["show"]);
    expect(await offers("swymc sweep package.j")).toEqual(["package.json"]);
    expect(await offers("swymc sweep show results.csv --ro")).toEqual(["--row"]);
    expect(await offers("swymc sweep rules.json --ro")).toEqual([]);
    expect(await offers("swymc sweep show package.j")).toEqual(["package.json"]);
    expect(await offers("swymc runs ")).toEqual(["list", "show", "compare", "rm"]);
  });

  test("offers the shells", async () => {
    expect(await offers("swymc completion z")).toEqual(["zsh"]);
  });
});

describe.each(["bash", "zsh", "fish"])("the %s script", (shell) => {
  test("knows every command and every option", async () => {
    const text = await script(shell);
    const nested = shape.commands.flatMap(({ commands }) => commands);
    for (const command of [...shape.commands, ...nested]) {
      expect(text).toContain(command.name);
      for (const { long } of command.options) {
        expect(text).toContain(shell === "fish" ? ` -l ${long.slice(2)} ` : long);
      }
    }
  });
});

test("refuses a shell it does not know, and says which it knows", async () => {
  const err = new PassThrough();
  expect(await runCli(["completion", "tcsh"], { ...io, err })).toBe(1);
  expect(String(err.read())).toContain("Allowed choices are bash, zsh, fish.");
});
