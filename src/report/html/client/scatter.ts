import { percent } from "../../format.ts";
import { h, svg } from "./dom.ts";

const SIZE = 240;
/** More points than this are thinned evenly: a page draws each as an element. */
const MOST = 3000;

/** Each closed trade as a point: how far it went against or with it, beside what it ended with. */
export function scatter(
  across: Float64Array,
  up: Float64Array,
  title: string,
  select: (index: number) => void,
): HTMLElement {
  const known = Array.from(across.keys()).filter((i) => !Number.isNaN(across[i]! + up[i]!));
  if (known.length === 0) return h("p", { class: "none" }, "No closed trades.");
  const step = Math.max(1, Math.ceil(known.length / MOST));
  const shown = known.filter((_, k) => k % step === 0);
  const x = scale(shown.map((i) => across[i]!));
  const y = scale(shown.map((i) => up[i]!));
  const points = shown.map((i) => {
    const point = svg(
      "circle",
      { cx: x(across[i]!), cy: SIZE - y(up[i]!), r: 2, class: up[i]! < 0 ? "loss" : "gain" },
      svg("title", {}, `trade ${i + 1}: ${percent(across[i]!)}, ended ${percent(up[i]!)}`),
    );
    point.addEventListener("click", () => select(i));
    return point;
  });
  return h(
    "figure",
    {},
    svg(
      "svg",
      { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-label": title },
      svg("line", { x1: 0, x2: SIZE, y1: SIZE - y(0), y2: SIZE - y(0) }),
      svg("line", { x1: x(0), x2: x(0), y1: 0, y2: SIZE }),
      ...points,
    ),
    h("figcaption", {}, step === 1 ? title : `${title} (every ${step}th trade)`),
  );
}

function scale(values: readonly number[]): (value: number) => number {
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return (value) => 6 + ((value - low) / (high - low || 1)) * (SIZE - 12);
}
