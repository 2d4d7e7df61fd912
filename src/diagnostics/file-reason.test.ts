import { expect, test } from "vitest";
import { writeReason } from "./file-reason.ts";

test.each([
  [{ code: "ENOSPC", message: "write" }, "the disk is full"],
  [{ code: "ENOENT", message: "open" }, "its folder does not exist"],
  [{ code: "EMFILE", message: "open" }, "EMFILE"],
  [new Error("something else"), "something else"],
])("%o", (error, reason) => {
  expect(writeReason(error)).toBe(reason);
});
