import { basename } from "node:path";
import { compileText } from "../../compile-text.ts";
import { SwymcError } from "../../diagnostics/index.ts";
import { deflate } from "../../report/html/deflate.ts";
import { sweepPage } from "../../report/html/sweep/sweep-page.ts";
import { robustnessFindings, verdictFindings } from "../../report/validation/findings.ts";
import { readResultRow } from "../../sweep/read-results.ts";
import { collectSweep } from "../../sweep/report/collect-sweep.ts";
import { validateSweep } from "../../validate/index.ts";
import type { Io } from "../io.ts";
import { VERSION } from "../version.ts";
import { writeFileWhole } from "../write-file.ts";
import { sweepProgress } from "./sweep-progress.ts";

/**
 * Writes the page of a sweep from its file of results.
 * @param rerun the command that runs one trial again, but for its number at the end
 */
export async function writeSweepReport(
  results: string,
  page: string,
  rerun: string,
  io: Io,
): Promise<void> {
  const { metadata } = await readResultRow(results, 1);
  const { strategies, jobs } = metadata.manifest;
  const names = strategies.map(({ name }) => basename(name)).join(", ");
  const sources = new Set(jobs.map(({ source, symbol }) => symbol ?? basename(source)));
  const { data, bytes } = await collectSweep({
    path: results,
    title: `${names} on ${[...sources].join(", ")}`,
    version: VERSION,
    rerun,
    compileText,
    validation: await validation(results, io),
  });
  writeFileWhole(page, sweepPage(data, await deflate(bytes)));
}

/** The verdict on the best trial, as `swymc validate` has it; null where no trial has an objective. */
async function validation(results: string, io: Io) {
  let progress: ReturnType<typeof sweepProgress> | undefined;
  try {
    const { found } = await validateSweep(results, {
      compileText,
      onProgress: (done, of) => {
        progress ??= sweepProgress(io, { trials: of, exact: true });
        progress.step({ trials: done, share: done / of, stored: 0 });
      },
    });
    return {
      tried: found.trials,
      verdict: verdictFindings(found),
      robustness: robustnessFindings(found),
    };
  } catch (error) {
    const none = error instanceof SwymcError && error.diagnostics[0]?.code === "validate_no_trial";
    if (none) return null;
    throw error;
  } finally {
    progress?.end();
  }
}
