import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LONG } from "./order.ts";
import { ROOT } from "./source-tree.ts";

test("the long files that begin a run are there", () => {
  expect(LONG.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
