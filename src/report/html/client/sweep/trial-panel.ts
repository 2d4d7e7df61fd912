import { formatMetric } from "../../../format.ts";
import { h, place } from "../dom.ts";
import { table } from "../tables.ts";
import { equityPicture } from "./equity-picture.ts";
import type { Trials } from "./model.ts";

/** Shows one trial: its parameters, its metrics, its equity where it was run again, and the commands that run it. */
export function showTrial(trials: Trials, row: number): void {
  const { data } = trials.report;
  const number = trials.trial[row]!;
  const k = data.top.findIndex(({ trial }) => trial === number);
  const top = k < 0 ? null : data.top[k]!;
  const job = trials.job[row]!;
  const params = data.jobs[job]!.axes.map(({ param }) => {
    const exact = top?.params.find(([name]) => name === trials.paramName(param))?.[1];
    return `${trials.paramName(param)} = ${exact ?? trials.paramText(param, trials.params[param]![row]!)}`;
  });
  const { label } = data.jobs[job]!;
  place("trial-name").textContent =
    `${number}${label === "" ? "" : ` · ${label}`}${top === null ? "" : `, place ${k + 1} of all`}`;
  const command = `${data.rerun} ${number}`;
  place("trial").replaceChildren(
    h("p", { class: "params" }, params.join(", ")),
    top === null
      ? h("p", { class: "none" }, `Equity is kept of the best ${data.top.length} trials only.`)
      : equityPicture(
          trials.report.column(`top.${k}.time`),
          trials.report.column(`top.${k}.equity`),
          top.cash,
          top.hold,
        ),
    h("p", {}, "The whole backtest: ", h("code", { id: "command" }, command)),
    h("p", {}, "As a page of its own: ", h("code", {}, `${command} --report trial-${number}.html`)),
    metricTable(trials, row, top?.metrics ?? null),
  );
}

/** Metrics in two columns, with all digits where the trial was run again. */
function metricTable(
  trials: Trials,
  row: number,
  exact: readonly (number | null)[] | null,
): HTMLElement {
  const { metrics } = trials.data;
  const offset = trials.figures.length - metrics.length;
  const cells = metrics.map(({ title, unit }, k) => [
    title,
    exact === null
      ? trials.figures[offset + k]!.format(trials.figures[offset + k]!.values[row]!)
      : formatMetric(unit, exact[k] ?? null),
  ]);
  const half = Math.ceil(cells.length / 2);
  const rows = Array.from({ length: half }, (_, k) => [
    ...cells[k]!,
    ...(cells[half + k] ?? ["", ""]),
  ]);
  const found = table(["Metric", "Value", "Metric", "Value"], rows);
  found.classList.add("pairs");
  return found;
}
