import { escapeHtml } from "../../diagnostics/index.ts";
import { heatScale } from "../../report/html/sweep/heat-scale.ts";
import { viridis } from "../../report/html/sweep/viridis.ts";
import type { HeatMap } from "./heat-grid.ts";

const SIDE = 900;
const LEFT = 90;
const TOP = 20;

/**
 * A heat map as one HTML file: an SVG without scripts, under a Content-Security-Policy that forbids everything but its own
 * styles. Names are escaped.
 */
export function heatPage(
  map: HeatMap,
  about: { readonly title: string; readonly lines: readonly string[] },
): string {
  const title = escapeHtml(about.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #222; background: #fff; }
h1 { font-size: 1.2rem; margin: 0 0 .5rem; }
p { margin: .2rem 0; color: #555; }
svg { width: 100%; height: auto; margin-top: 1rem; }
text { font: 12px system-ui, sans-serif; fill: #444; }
rect.best { fill: none; stroke: #000; stroke-width: 2; }
rect:not(.best):hover { stroke: #000; stroke-width: 1; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #161616; }
  p, text { color: #aaa; fill: #aaa; }
  rect.best { stroke: #fff; }
}
</style>
</head>
<body>
<h1>${title}</h1>
${about.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}
${svg(map)}
</body>
</html>
`;
}

function svg(map: HeatMap): string {
  const { x, y, cells, counts } = map;
  const scale = heatScale(map);
  const [columns, rows] = [x.values.length, y.values.length];
  const w = SIDE / columns;
  const h = Math.min(w, 700 / rows, 60);
  const height = rows * h;
  const place = (cell: number) =>
    `x="${round(LEFT + (cell % columns) * w)}" y="${round(TOP + (rows - 1 - Math.floor(cell / columns)) * h)}" width="${round(w)}" height="${round(h)}"`;
  const rects = Array.from(cells, (value, cell) => {
    if (counts[cell] === 0) return "";
    const about = `${x.name} ${show(x.values[cell % columns]!)}, ${y.name} ${show(y.values[Math.floor(cell / columns)]!)}: ${Number.isNaN(value) ? "undefined" : show(value)}${counts[cell]! > 1 ? ` (best of ${counts[cell]})` : ""}`;
    const fill = Number.isNaN(value) ? "#8884" : viridis(scale.share(value));
    return `<rect ${place(cell)} fill="${fill}"><title>${escapeHtml(about)}</title></rect>`;
  }).filter((rect) => rect !== "");
  const best = scale.bestCell < 0 ? "" : `<rect class="best" ${place(scale.bestCell)}/>`;
  return `<svg viewBox="0 0 ${SIDE + LEFT + 20} ${round(height + TOP + 90)}" role="img" aria-label="${escapeHtml(`${map.objective} by ${x.name} and ${y.name}`)}">
${rects.join("\n")}
${best}
${ticks(columns, 12)
  .map(
    (k) =>
      `<text x="${round(LEFT + (k + 0.5) * w)}" y="${round(TOP + height + 16)}" text-anchor="middle">${escapeHtml(show(x.values[k]!))}</text>`,
  )
  .join("\n")}
${ticks(rows, 16)
  .map(
    (k) =>
      `<text x="${LEFT - 6}" y="${round(TOP + (rows - 1 - k + 0.5) * h + 4)}" text-anchor="end">${escapeHtml(show(y.values[k]!))}</text>`,
  )
  .join("\n")}
<text x="${LEFT + SIDE / 2}" y="${round(TOP + height + 36)}" text-anchor="middle">${escapeHtml(x.name)}</text>
<text x="12" y="${round(TOP + height / 2)}" text-anchor="middle" transform="rotate(-90 12 ${round(TOP + height / 2)})">${escapeHtml(y.name)}</text>
${legend(TOP + height + 52, show(scale.worst), show(scale.best))}
</svg>`;
}

function legend(top: number, worst: string, best: string): string {
  const parts = Array.from(
    { length: 60 },
    (_, k) =>
      `<rect x="${LEFT + 200 + k * 6}" y="${round(top)}" width="6" height="12" fill="${viridis(k / 59)}"/>`,
  );
  return `${parts.join("")}
<text x="${LEFT + 194}" y="${round(top + 11)}" text-anchor="end">${escapeHtml(worst)}</text>
<text x="${LEFT + 566}" y="${round(top + 11)}">${escapeHtml(best)}</text>`;
}

function ticks(count: number, most: number): number[] {
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
}

function show(value: number | string): string {
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
