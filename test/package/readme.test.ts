import { execFileSync, execSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";
import { CLI, manifest } from "./dist.ts";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const block = (language: string) =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? "";

function run(args: readonly string[]): string {
  return execFileSync(process.execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", LC_ALL: "C.UTF-8" },
  });
}

test("the command-line example prints what the README shows", () => {
  const [program, ...args] = block("console").trim().replace("$ npx ", "").split(" ");
  expect(program).toBe("swymc");
  expect(run([CLI, ...args])).toBe(block("text"));
});

test("the library example prints what its last line says, in ten lines", () => {
  const code = block("js");
  const shown = /^\/\/ (.*)$/m.exec(code)?.[1];
  expect(run(["--input-type=module", "-e", code])).toBe(`${shown}\n`);
  expect(code.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
});

test("runs are kept and compared by the ids that the README names", () => {
  const folder = mkdtempSync(join(tmpdir(), "swymc-readme-"));
  symlinkSync(join(ROOT, "fixtures"), join(folder, "fixtures"));
  const commands = /```sh\n(npx swymc templates[\s\S]*?)```/.exec(readme)![1]!;
  const swymc = `"${process.execPath}" "${CLI}"`;
  const out = execSync(`set -e\n${commands.replaceAll("npx swymc", swymc)}`, {
    cwd: folder,
    encoding: "utf8",
  });
  expect(out).toMatch(
    /trend\.json +rsi_reversal\.json\nState +ok +ok\n[\s\S]*Buy and hold return.*\n$/,
  );
});

test("the source tree names every folder of src, and only those", () => {
  const named = [...readme.matchAll(/^\| `src\/([a-z]+)` \|/gm)].map(([, name]) => name);
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(named.sort()).toEqual(folders.sort());
});

test("the pages it links to exist, and every page of docs is linked", () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link);
  const local = links.filter((link) => !link.startsWith("http"));
  expect(local.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  const pages = readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`);
  expect(pages.filter((page) => !local.includes(page))).toEqual([]);
});

test("the commands it names are scripts", () => {
  const scripts = (manifest as unknown as { scripts: object }).scripts;
  const named = [...readme.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(Object.keys(scripts)).toContain("test");
});
