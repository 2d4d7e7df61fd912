import { expect, test } from "vitest";
import { shellCommand } from "./shell-command.ts";

test("words that a shell would take apart are quoted", () => {
  expect(shellCommand(["backtest", "my rules.json", "--param", "q=it's", "--json"])).toBe(
    `swymc backtest 'my rules.json' --param 'q=it'\\''s' --json`,
  );
});
