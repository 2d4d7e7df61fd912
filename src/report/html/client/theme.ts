import type { ChartOptions, DeepPartial, IChartApi } from "lightweight-charts";

const painted: (() => void)[] = [];

/** A custom property of the page's style, such as `--gain`. */
export function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What charts take from the page's style: they draw on a canvas, where style does not reach. */
export function chartOptions(): DeepPartial<ChartOptions> {
  const line = { color: color("--grid") };
  return {
    autoSize: true,
    layout: {
      background: { color: color("--panel") },
      textColor: color("--text"),
      fontFamily: "system-ui, sans-serif",
      attributionLogo: false,
      panes: { separatorColor: color("--border") },
    },
    grid: { vertLines: line, horzLines: line },
    rightPriceScale: { borderColor: color("--border") },
    timeScale: { borderColor: color("--border"), timeVisible: true, minBarSpacing: 0.01 },
    crosshair: { mode: 0 },
  };
}

/** Keeps a chart in the colours of the theme that is chosen. */
export function follow(chart: IChartApi): void {
  onTheme(() => chart.applyOptions(chartOptions()));
}

/** Calls `paint` whenever the theme changes. */
export function onTheme(paint: () => void): void {
  painted.push(paint);
}

/** Light or dark: the system's choice until the reader makes one. */
export function bindThemeButton(button: HTMLElement): void {
  const root = document.documentElement;
  const dark = () =>
    (root.dataset["theme"] ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const repaint = () => {
    for (const paint of painted) paint();
  };
  button.addEventListener("click", () => {
    root.dataset["theme"] = dark() ? "light" : "dark";
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}
