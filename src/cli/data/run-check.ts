import { checkStored } from "../../data/store/check.ts";
import { withStore } from "../../data/store/open-store.ts";
import { displayed } from "../../diagnostics/display.ts";
import type { Context } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { faultNames } from "./allowed-faults.ts";
import type { CheckCommandOptions } from "./define-check.ts";

/** Tells the faults of the stored bars; the exit code says whether there are any. */
export async function runDataCheck(
  options: CheckCommandOptions,
  { io, exit }: Context,
): Promise<void> {
  const admitted = new Set<string>([...faultNames(options.allow), "volume_zero"]);
  const { bars, faults } = await withStore(options.db, { readOnly: true }, (store) =>
    checkStored(store, options),
  );
  const wrong = faults.filter(({ fault }) => !admitted.has(fault));
  if (wrong.length > 0) exit(EXIT_CODES.user.code);
  if (options.json) {
    io.out.write(
      `${JSON.stringify({ state: wrong.length > 0 ? "faults" : "ok", bars, faults })}\n`,
    );
    return;
  }
  for (const { fault, meaning, count, first } of faults) {
    io.out.write(`${fault}: ${count} (${meaning})\n`);
    for (const row of first) io.out.write(`  ${displayed(row)}\n`);
  }
  io.err.write(
    `${bars} bars checked, ${wrong.length === 0 ? "no faults" : `${wrong.length} kinds of faults`}\n`,
  );
}
