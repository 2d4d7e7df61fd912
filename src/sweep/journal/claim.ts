import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fail, writeReason } from "../../diagnostics/index.ts";

/** Claims a path for this process until the returned function is called; fails where another one that lives has it. */
export function claim(path: string): () => void {
  const lock = `${path}.lock`;
  const mine = () => writeFileSync(lock, String(process.pid), { flag: "wx" });
  try {
    mine();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") fail("file_unwritable", { path: lock, reason: writeReason(error) });
    const pid = holder(lock);
    if (pid !== null) fail("sweep_in_use", { path, pid });
    rmSync(lock, { force: true });
    mine();
  }
  return () => rmSync(lock, { force: true });
}

/** The process that holds a claim, null where it is no more. */
function holder(lock: string): number | null {
  const pid = Number(readFileSync(lock, "utf8"));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? pid : null;
  }
}
