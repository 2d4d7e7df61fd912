import { decimal, minute, percent } from "../../../format.ts";
import { h, svg } from "../dom.ts";

const WIDTH = 640;
const HEIGHT = 200;
const BASE = HEIGHT - 18;

/** Equity of a trial as a line over its time (epoch seconds), the cash as a level. */
export function equityPicture(
  times: Float64Array,
  equity: Float64Array,
  cash: number,
  hold: number | null,
): HTMLElement {
  const [from, to] = [times[0]!, times[times.length - 1]!];
  const held = hold === null ? cash : cash * (1 + hold);
  const low = equity.reduce((a, b) => Math.min(a, b), Math.min(cash, held));
  const high = equity.reduce((a, b) => Math.max(a, b), Math.max(cash, held));
  const x = (time: number) => ((time - from) / (to - from || 1)) * (WIDTH - 70);
  const y = (value: number) => BASE - ((value - low) / (high - low || 1)) * (BASE - 12);
  const points = Array.from(
    times,
    (time, k) => `${x(time).toFixed(1)},${y(equity[k]!).toFixed(1)}`,
  );
  const day = (seconds: number) => minute(new Date(1000 * seconds).toISOString()).slice(0, 10);
  const level = (value: number, text: string) => [
    svg("line", { x1: 0, x2: WIDTH - 70, y1: y(value), y2: y(value) }),
    svg("text", { x: WIDTH - 66, y: y(value) + 4 }, text),
  ];
  return h(
    "figure",
    {},
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": "Equity of the trial" },
      ...level(cash, decimal(cash, 0)),
      svg("polyline", { points: points.join(" "), class: "equity" }),
      svg("text", { x: 0, y: HEIGHT - 4 }, day(from)),
      svg("text", { x: WIDTH - 70, y: HEIGHT - 4, "text-anchor": "end" }, day(to)),
    ),
    h(
      "figcaption",
      {},
      `Equity, thinned to its extremes; ends at ${decimal(equity[equity.length - 1]!, 2)}${hold === null ? "" : `, holding the asset at ${decimal(held, 2)} (${percent(hold)})`}`,
    ),
  );
}
