import { percent } from "../../format.ts";
import { h, svg } from "./dom.ts";

const WIDTH = 480;
const HEIGHT = 180;
const BASE = HEIGHT - 20;

/** Counts of values in equal bins, losses and gains in their colours, from the 0.5th to the 99.5th percentile. */
export function histogram(values: Float64Array, title: string): HTMLElement {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return h("p", { class: "none" }, "No closed trades.");
  const low = sorted[Math.floor(0.005 * (sorted.length - 1))]!;
  const high = sorted[Math.ceil(0.995 * (sorted.length - 1))]!;
  const bins = Math.max(1, Math.min(60, Math.ceil(Math.sqrt(sorted.length))));
  const width = (high - low) / bins || 1;
  const counts = new Uint32Array(bins);
  for (const value of sorted) {
    counts[Math.max(0, Math.min(bins - 1, Math.floor((value - low) / width)))]!++;
  }
  const most = Math.max(...counts);
  const x = (value: number) => ((value - low) / (width * bins)) * WIDTH;
  const bars = Array.from(counts, (count, k) => {
    const from = low + k * width;
    const tall = (count / most) * (BASE - 10);
    return svg(
      "rect",
      {
        x: x(from) + 0.5,
        y: BASE - tall,
        width: Math.max(0.5, WIDTH / bins - 1),
        height: tall,
        class: from + width / 2 < 0 ? "loss" : "gain",
      },
      svg("title", {}, `${percent(from)} to ${percent(from + width)}: ${count}`),
    );
  });
  const zero = low < 0 && high > 0 ? [svg("line", { x1: x(0), x2: x(0), y1: 0, y2: BASE })] : [];
  return h(
    "figure",
    {},
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title },
      ...bars,
      ...zero,
      svg("text", { x: 2, y: HEIGHT - 4 }, percent(low)),
      svg("text", { x: WIDTH - 2, y: HEIGHT - 4, "text-anchor": "end" }, percent(high)),
    ),
    h("figcaption", {}, title),
  );
}
