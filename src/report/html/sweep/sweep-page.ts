import { count } from "../../format.ts";
import { sweepScript } from "../../generated/sweep-client.ts";
import { type Section, shell } from "../shell.ts";
import type { SweepData } from "./sweep-data.ts";

/**
 * The report of a sweep as one self-contained page.
 * @param columns those that `data.columns` describes, as of `deflate`
 */
export function sweepPage(data: SweepData, columns: string): string {
  return shell({
    title: data.title,
    about: `${count(data.counts.rows, "trial")}, the best by ${data.objective.text}${data.complete ? "" : "; stopped before the end"}`,
    version: data.version,
    sections: SECTIONS,
    notice: NOTICE,
    script: sweepScript,
    data,
    columns,
  });
}

const SECTIONS: readonly Section[] = [
  [
    "Verdict",
    "what the best of so many trials can carry",
    `<div id="controls-job"></div><div id="verdict"></div>`,
  ],
  [
    "Two parameters",
    "click a cell for its trial",
    `<div id="controls"></div><div class="maps"><div id="map"></div><div id="stability"></div></div>`,
  ],
  [
    "All parameters",
    "drag along an axis to keep a part of it; click it to let go",
    `<div id="parallel"></div>`,
  ],
  ["Best trials", `<span id="trials-note"></span>`, `<div id="trials"></div>`],
  ["Trial", `<span id="trial-name"></span>`, `<div id="trial"></div>`],
  ["Robustness", "of the best trial, and of choosing it", `<div id="robustness"></div>`],
  ["Settings", "everything that was in force", `<div id="settings"></div>`],
  ["Strategy", "", `<div id="strategy"></div>`],
];

const NOTICE = `Values in pictures keep four digits; the file of results and <code>swymc sweep show --row</code> have all. Colours: viridis.`;
